using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Ratchet.Clients;

namespace Ratchet.Gateway.Protection;

/// <summary>Bounds how many connections one client's address has at once: whoever opens them all keeps the others out. Loopback and proxies are not counted.</summary>
internal sealed class ConnectionGate(ProtectionSettings settings, HttpMetrics metrics)
{
    private readonly ConcurrentDictionary<ulong, int> open = new();

    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        metrics.Connected(1);
        try
        {
            if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IPAddress.IsLoopback(address) || settings.Trusts(address)) await next(connection);
            else await CountedAsync(ClientAddress.Of(address), connection, next);
        }
        finally
        {
            metrics.Connected(-1);
        }
    }

    internal async Task CountedAsync(ulong address, ConnectionContext connection, ConnectionDelegate next)
    {
        if (!Enter(address))
        {
            metrics.Refused();
            connection.Abort(new ConnectionAbortedException("One address has too many connections."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    internal bool Enter(ulong address)
    {
        while (true)
        {
            int count = open.GetOrAdd(address, 0);
            if (count >= settings.MaxConnectionsPerAddress) return false;
            if (open.TryUpdate(address, count + 1, count)) return true;
        }
    }

    internal void Leave(ulong address)
    {
        while (true)
        {
            int count = open[address];
            // An address without connections takes no memory.
            if (count == 1 ? open.TryRemove(KeyValuePair.Create(address, 1)) : open.TryUpdate(address, count - 1, count)) return;
        }
    }
}

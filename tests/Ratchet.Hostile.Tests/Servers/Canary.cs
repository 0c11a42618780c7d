using System.Net;
using System.Net.Sockets;

namespace Ratchet.Hostile.Tests.Servers;

/// <summary>Listens where no script may ever get to: a connection to it is a hole.</summary>
internal sealed class Canary : IAsyncDisposable
{
    private readonly List<TcpListener> listeners = [];
    private readonly List<Task> loops = [];
    private int connections;

    public Canary()
    {
        var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        listeners.Add(first);
        Port = ((IPEndPoint)first.LocalEndpoint).Port;
        foreach (IPAddress address in new[] { IPAddress.Parse("127.0.0.2"), IPAddress.IPv6Loopback })
        {
            var listener = new TcpListener(address, Port);
            try
            {
                listener.Start();
                listeners.Add(listener);
            }
            catch (SocketException)
            {
                // This machine does not have the address.
            }
        }
        foreach (TcpListener listener in listeners) loops.Add(AcceptAsync(listener));
    }

    public int Port { get; }

    public int Connections => Volatile.Read(ref connections);

    public async ValueTask DisposeAsync()
    {
        foreach (TcpListener listener in listeners) listener.Stop();
        await Task.WhenAll(loops);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using Socket caught = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref connections);
                await caught.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Ratchet.Execution.Fetch;

/// <summary>Makes the broker's connections: resolves a name once and connects to those of its addresses that the policy allows, so that none slips in between.</summary>
internal sealed class PolicyConnector(FetchPolicy policy)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        DnsEndPoint target = context.DnsEndPoint;
        IPAddress[] addresses = IPAddress.TryParse(target.Host, out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancel);
        IPAddress[] allowed = Array.FindAll(addresses, policy.Allows);
        // Which address it was is not told: a script would learn the names of a network that it may not reach.
        if (allowed.Length == 0)
            throw FetchPolicy.Refused($"{target.Host} is within a network that is not public, which {policy.Callers} may not call unless the operator allows it (Fetch:PrivateNetworks of a server, --allow-network without one)");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

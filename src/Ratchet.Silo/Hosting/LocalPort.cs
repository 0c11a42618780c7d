using System.Net;
using System.Net.Sockets;

namespace Ratchet.Silo.Hosting;

internal static class LocalPort
{
    /// <summary>A loopback port that nobody listens on now.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

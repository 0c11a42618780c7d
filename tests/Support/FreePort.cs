using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Ratchet.Tests.Support;

/// <summary>Ports for what a test starts in a moment: below those of outgoing connections, any of which could take one before it is listened on.</summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Behind = 20_000;

    public static int Next()
    {
        while (true)
        {
            int port = RandomNumberGenerator.GetInt32(First, Behind);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one.
            }
        }
    }
}

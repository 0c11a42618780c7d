using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Ratchet.Silo.Hosting;

internal static class LocalPort
{
    // Below what Linux gives to outgoing connections (32768 to 60999; ip(7), ip_local_port_range): one of those would be taken by anybody's next connection before it is listened on.
    private const int First = 20_000;
    private const int Behind = 32_768;
    private const int MostTries = 1_000;

    /// <summary>A loopback port that nobody listens on now, chosen by chance so that two servers which start together take different ones.</summary>
    /// <exception cref="InvalidOperationException">None was found.</exception>
    public static int Free()
    {
        for (int tries = 0; tries < MostTries; tries++)
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

        throw new InvalidOperationException($"No port of {First} to {Behind - 1} is free for the silo; name one in Cluster:SiloPort.");
    }
}

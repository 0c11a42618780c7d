using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Serve;

/// <summary>Tries the addresses before anything else starts: a port in use is the commonest mistake, and deserves its one line at once.</summary>
internal static class ListenAddresses
{
    /// <exception cref="CliException">An address makes no sense, or cannot be listened on.</exception>
    public static void Check(string urls)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address = Parse(url);
            if (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && address.Port > 0) Try(url, new IPEndPoint(ip, address.Port));
            else if (address.Host == "localhost" && address.Port > 0) Try(url, new IPEndPoint(IPAddress.Loopback, address.Port));
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(url);
            if (address.Port is >= 0 and <= 65_535 && address.Scheme is "http" or "https") return address;
        }
        catch (FormatException)
        {
            // Told below, as any other address that makes no sense.
        }

        throw new CliException(ExitCodes.Usage, $"'{url}' is not an address to listen on; write it as http://127.0.0.1:8080.");
    }

    private static void Try(string url, IPEndPoint endpoint)
    {
        try
        {
            using var probe = new TcpListener(endpoint);
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new CliException(ExitCodes.Failed, $"cannot listen on {url}: {e.Message}. Choose another address with --urls.");
        }
    }
}

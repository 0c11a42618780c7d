using System.Net.Sockets;
using System.Text;

namespace Ratchet.Cluster.Tests.Fuzz;

/// <summary>What no HTTP client would send.</summary>
internal static class RawRequests
{
    private static readonly string[] Texts =
    [
        "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0", "GET /api/v1/jobs HTTP/1.1\r\n\r\n", "GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
        "POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", "GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://[::1/api/v1/jobs HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        $"GET /{new string('a', 70_000)} HTTP/1.1\r\nHost: a\r\n\r\n", $"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('b', 40_000)}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n" + string.Concat(Enumerable.Range(0, 200).Select(n => $"h{n}: 1\r\n")) + "\r\n",
    ];

    /// <summary>The server's answer, until it closes the connection; empty when it says nothing.</summary>
    public static async Task<string> SendAsync(Random random, int port, CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancel);
        byte[] text = Encoding.Latin1.GetBytes(Texts[random.Next(Texts.Length)]);
        try
        {
            await client.GetStream().WriteAsync(text, cancel);
            // Nothing more will come: a server that waits for a body learns that at once.
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            return await reader.ReadToEndAsync(cancel);
        }
        catch (Exception error) when (error is IOException or SocketException || !client.Connected)
        {
            // It had enough connections, or closed the connection on what it would not read.
            return "";
        }
    }
}

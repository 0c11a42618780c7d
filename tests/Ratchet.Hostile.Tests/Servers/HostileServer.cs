using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ratchet.Hostile.Tests.Servers;

/// <summary>A server that answers as no honest one does, with a page for each way. Written on the socket: what it does wrong no library would let it do.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(30);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly int canary;
    private readonly Task loop;
    private int requests;

    /// <param name="canary">The port that its redirects try to lead to.</param>
    public HostileServer(int canary)
    {
        this.canary = canary;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        loop = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How many have come.</summary>
    public int Requests => Volatile.Read(ref requests);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await loop;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(ended.Token));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using NetworkStream stream = client.GetStream();
                string head = await HeadAsync(stream);
                if (head.Length == 0) return;
                Interlocked.Increment(ref requests);
                await AnswerAsync(stream, head, head.Split(' ')[1].Split('?')[0]);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or IndexOutOfRangeException)
            {
                // The client has had enough, as it should.
            }
        }
    }

    /// <summary>Up to the empty line; a body is left unread.</summary>
    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(one, ended.Token);
            if (read == 0) return "";
            head.Append(Encoding.Latin1.GetString(one, 0, read));
        }
        return head.ToString();
    }

    private async Task AnswerAsync(NetworkStream stream, string head, string path)
    {
        switch (path)
        {
            case "/ok": await TextAsync(stream, Ok("fine")); break;
            case "/echo": await TextAsync(stream, Ok(head[..head.IndexOf("\r\n\r\n", StringComparison.Ordinal)])); break;
            case "/never": await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token); break;
            case "/nothing": break;
            case "/garbage": await TextAsync(stream, "SSH-2.0-OpenSSH_9.7\r\n\0\u0001\u0002\r\n"); break;
            case "/slow-headers": await DripAsync(stream, "", "HTTP/1.1 200 OK\r\nX-Slow: " + new string('x', 10_000)); break;
            case "/slow-body": await DripAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n", new string('x', 10_000)); break;
            case "/endless-body": await EndlessAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", new string('x', 16_384)); break;
            case "/endless-chunks": await EndlessAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", $"4000\r\n{new string('x', 16_384)}\r\n"); break;
            case "/endless-headers": await EndlessAsync(stream, "HTTP/1.1 200 OK\r\n", $"X-Flood: {new string('x', 1_000)}\r\n"); break;
            case "/endless-status": await EndlessAsync(stream, "", "HTTP/1.1 100 Continue\r\n\r\n"); break;
            case "/huge-header": await EndlessAsync(stream, "HTTP/1.1 200 OK\r\nX-Huge: ", new string('x', 16_384)); break;
            case "/many-headers": await TextAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i}:\r\n"))}\r\nok"); break;
            case "/gzip-bomb": await BombAsync(stream, "gzip"); break;
            case "/br-bomb": await BombAsync(stream, "br"); break;
            case "/deflate-bomb": await BombAsync(stream, "deflate"); break;
            case "/false-gzip": await TextAsync(stream, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"); break;
            case "/too-short": await TextAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort"); break;
            case "/too-long": await TextAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine{new string('x', 1_000)}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"); break;
            case "/negative-length": await TextAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx"); break;
            case "/two-lengths": await TextAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nfineother"); break;
            case "/huge-length": await TextAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx"); break;
            case "/bad-chunk": await TextAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx\r\n"); break;
            case "/json-bomb": await TextAsync(stream, Ok(new string('[', 200_000), "application/json")); break;
            case "/loop": await RedirectAsync(stream, "/loop"); break;
            case "/to-canary": await RedirectAsync(stream, Target(head)); break;
            default: await TextAsync(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"); break;
        }
    }

    private static string Ok(string body, string type = "text/plain") => $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nConnection: close\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}";

    /// <summary>What stands in the query, CANARY in it being the port.</summary>
    private string Target(string head) => Uri.UnescapeDataString(head.Split(' ')[1].Split('?', 2)[1]).Replace("CANARY", canary.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private async Task RedirectAsync(NetworkStream stream, string to) => await TextAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

    private async Task BombAsync(NetworkStream stream, string encoding)
    {
        byte[] bomb = Bombs.Of(encoding);
        await TextAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nConnection: close\r\nContent-Length: {bomb.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
        await stream.WriteAsync(bomb, ended.Token);
    }

    private async Task DripAsync(NetworkStream stream, string first, string slowly)
    {
        await TextAsync(stream, first);
        foreach (char letter in slowly)
        {
            await TextAsync(stream, letter.ToString());
            await Task.Delay(Drip, TimeProvider.System, ended.Token);
        }
    }

    private async Task EndlessAsync(NetworkStream stream, string first, string again)
    {
        await TextAsync(stream, first);
        byte[] bytes = Encoding.Latin1.GetBytes(again);
        while (true) await stream.WriteAsync(bytes, ended.Token);
    }

    private async Task TextAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), ended.Token);
}

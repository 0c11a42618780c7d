using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ratchet.Execution.Tests.Fetch;

/// <summary>Resets its first connections once their request has come, then answers each with the request's body.</summary>
internal sealed class BreakingServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int breaks;
    private readonly Task loop;
    private int connections;

    public BreakingServer(int breaks)
    {
        this.breaks = breaks;
        listener.Start();
        loop = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    public int Connections => Volatile.Read(ref connections);

    public async ValueTask DisposeAsync()
    {
        // Not by stopping the listener, which the loop may be about to ask for the next connection.
        await stop.CancelAsync();
        await loop;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                int number = Interlocked.Increment(ref connections);
                string body = await ReadAsync(client.GetStream());
                if (number <= breaks) client.Client.LingerState = new LingerOption(true, 0);
                else await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        int length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
        }

        char[] body = new char[length];
        await reader.ReadBlockAsync(body);
        return new string(body);
    }
}

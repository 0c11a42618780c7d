using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ratchet.Execution.Tests.Fetch;

/// <summary>An HTTP server on a free port of the loopback whose answers a test makes.</summary>
internal sealed class HandlerServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<HttpListenerContext, int, Task> handler;
    private readonly Task loop;
    private int requests;

    /// <param name="handler">Gets each request and its number, from 1; the answer is closed after it.</param>
    public HandlerServer(Func<HttpListenerContext, int, Task> handler)
    {
        this.handler = handler;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        listener.Prefixes.Add($"http://localhost:{Port}/");
        listener.Start();
        loop = ServeAsync();
    }

    public int Port { get; }
    public string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>The same server under another name.</summary>
    public string OtherUrl => $"http://localhost:{Port}/";

    public int Requests => Volatile.Read(ref requests);

    public static Task WriteAsync(HttpListenerContext context, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        return context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await loop;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await handler(context, Interlocked.Increment(ref requests));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has gone, or the test has.
        }
    }
}

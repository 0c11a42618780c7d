using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>A small HTTP server on a free port of the loopback, with a page for each case.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly TaskCompletionSource ended = new();
    private readonly Task loop;
    private int requests;

    public LoopbackServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        listener.Prefixes.Add(Url);
        listener.Start();
        loop = ServeAsync();
    }

    public string Url { get; }

    /// <summary>How many have come.</summary>
    public int Requests => Volatile.Read(ref requests);

    public async ValueTask DisposeAsync()
    {
        ended.SetResult();
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
        HttpListenerResponse response = context.Response;
        Interlocked.Increment(ref requests);
        try
        {
            switch (context.Request.Url!.AbsolutePath)
            {
                case "/json":
                    response.ContentType = "application/json";
                    response.AddHeader("X-Two", "a");
                    response.AppendHeader("X-Two", "b");
                    await WriteAsync(response, """{"a":[1]}""");
                    break;
                case "/echo":
                    using (var reader = new StreamReader(context.Request.InputStream))
                    {
                        await WriteAsync(response, $"{context.Request.HttpMethod} {context.Request.ContentType ?? "-"} {context.Request.Headers["X-A"] ?? "-"} {await reader.ReadToEndAsync()}");
                    }
                    break;
                case "/untyped": await WriteAsync(response, """ {"b":1}"""); break;
                case "/text": await WriteAsync(response, "plain"); break;
                case "/agent": await WriteAsync(response, context.Request.UserAgent ?? "-"); break;
                case "/auth": await WriteAsync(response, context.Request.Headers["Authorization"] ?? "none"); break;
                case "/large": await WriteAsync(response, new string('x', 5 << 20)); break;
                case "/never": await ended.Task; break;
                case "/loop": Redirect(response, 302, $"{Url}loop"); break;
                case "/see-other": Redirect(response, 303, $"{Url}echo"); break;
                case "/keep": Redirect(response, 307, $"{Url}echo"); break;
                case "/elsewhere": Redirect(response, 302, Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "auth"); break;
                case "/neighbour": Redirect(response, 302, Url.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal) + "text"); break;
                case "/file": Redirect(response, 302, "file:///etc/passwd"); break;
                default:
                    response.StatusCode = 404;
                    await WriteAsync(response, "nothing here");
                    break;
            }
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client has gone away.
        }
    }

    private static void Redirect(HttpListenerResponse response, int status, string to)
    {
        response.StatusCode = status;
        response.RedirectLocation = to;
    }

    private static async Task WriteAsync(HttpListenerResponse response, string text) => await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>A web server on the loopback that reads what it is sent as servers do, and tells when a client goes away.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> begun = new(), gone = new();

    private WebServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single() + "/";

    public static async Task<WebServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var server = new WebServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>A request of /hang with this query has come.</summary>
    public Task Begun(string query) => Mark(begun, query).Task.WaitAsync(PoolFixture.Patience);

    /// <summary>Its client has closed the connection.</summary>
    public Task Gone(string query) => Mark(gone, query).Task.WaitAsync(PoolFixture.Patience);

    /// <summary>Answers the requests of /begun with this query.</summary>
    public void Release(string query) => Mark(begun, query).TrySetResult();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static TaskCompletionSource Mark(ConcurrentDictionary<string, TaskCompletionSource> marks, string name) =>
        marks.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task AnswerAsync(HttpContext context)
    {
        (HttpRequest request, HttpResponse response) = (context.Request, context.Response);
        switch (request.Path.Value)
        {
            case "/form":
                IFormCollection form = await request.ReadFormAsync();
                await response.WriteAsJsonAsync(new
                {
                    Type = request.ContentType!.Split(';')[0],
                    Fields = form.SelectMany(field => field.Value.Select(value => new[] { field.Key, value })),
                    Files = await Task.WhenAll(form.Files.Select(ReadAsync)),
                });
                break;
            case "/echo":
                response.ContentType = request.ContentType;
                await request.Body.CopyToAsync(response.Body);
                break;
            case "/all-bytes":
                response.ContentType = "application/octet-stream";
                await response.Body.WriteAsync((byte[])[.. Enumerable.Range(0, 256).Select(i => (byte)i)]);
                break;
            case "/marked":
                response.ContentType = "application/json";
                await response.Body.WriteAsync("\ufeff{\"a\":\"\u00e9\"}"u8.ToArray());
                break;
            case "/cookies":
                response.Headers.SetCookie = new(["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]);
                response.Headers["get"] = "a header's name";
                response.Headers["X-Two"] = new(["1", "2"]);
                break;
            case "/hang":
                string name = request.QueryString.Value!;
                context.RequestAborted.Register(() => Mark(gone, name).TrySetResult());
                Mark(begun, name).TrySetResult();
                await Mark(gone, name).Task;
                break;
            case "/begun":
                await Begun(request.QueryString.Value!);
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }

    private static async Task<object> ReadAsync(IFormFile file)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return new { file.Name, file.FileName, file.ContentType, Bytes = Convert.ToHexStringLower(bytes.ToArray()) };
    }
}

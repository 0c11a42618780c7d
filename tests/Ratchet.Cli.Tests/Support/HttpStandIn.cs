using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ratchet.Cli.Tests.Support;

/// <summary>A web service on loopback for tasks to fetch from: <c>/count</c> answers how often it was asked, <c>/hold</c> never.</summary>
public sealed class HttpStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;

    private HttpStandIn()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Map("/count", http =>
        {
            http.Response.Headers.SetCookie = "session=the-cookie";
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync($$"""{"count":{{Interlocked.Increment(ref count)}}}""");
        });
        app.Map("/hold", async http =>
        {
            held.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });
    }

    public string Url => app.Urls.First();

    public int Count => Volatile.Read(ref count);

    /// <summary>Completes when somebody has asked for <c>/hold</c>.</summary>
    public Task Held => held.Task;

    public static async Task<HttpStandIn> StartAsync()
    {
        HttpStandIn http = new();
        await http.app.StartAsync();
        return http;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

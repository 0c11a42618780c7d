using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ratchet.Cli.Tests.Webhooks;

/// <summary>Not the server: a stand-in for <c>/api/v1/webhooks</c>, written from the REST contract, that notes what it is asked.</summary>
public sealed class WebhookStandIn : IAsyncLifetime
{
    private const string Orders = """
        {"id":"orders","url":"https://example.com/in","events":["job.failed"],"states":[],"tasks":["t"],"queues":[],"concurrency":4,"enabled":true,
         "status":{"failingSince":"2026-11-23T15:00:00+00:00","disabledReason":"its receiver answered 410 Gone","createdAt":"2026-11-23T15:00:00+00:00","updatedAt":"2026-11-23T15:00:00+00:00"}}
        """;

    private const string Delivery = """
        {"id":"msg_1","type":"job.failed","state":"FAILED","job":"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a","attempts":2,"status":500,"error":"It answered 500.","createdAt":"2026-11-23T15:00:00+00:00",
         "payload":{"type":"job.failed"},"log":[{"number":1,"at":"2026-11-23T15:00:00+00:00","status":500,"error":"It answered 500.","duration":"12ms","response":"no"}]}
        """;

    private readonly WebApplication app;
    private readonly List<string> requests = [];

    public WebhookStandIn()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Map("/api/v1/webhooks/{**path}", AnswerAsync);
        app.Map("/api/v1/webhooks", AnswerAsync);
    }

    public string Url => app.Urls.First();

    /// <summary>Method, path with query and the body of each request, in order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests) return [.. requests];
        }
    }

    public async ValueTask InitializeAsync() => await app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        string body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        string path = http.Request.Path.Value!["/api/v1/webhooks".Length..];
        lock (requests) requests.Add($"{http.Request.Method} {path}{http.Request.QueryString} {body}".TrimEnd());
        (int status, string answer) = (http.Request.Method, path) switch
        {
            (_, "/nope") => (404, """{"title":"Not found","status":404,"detail":"There is no webhook 'nope'."}"""),
            ("DELETE", _) => (204, ""),
            ("GET", "") => (200, $"[{Orders}]"),
            ("POST", "") => (201, """{"id":"new","secret":"whsec_new","status":{}}"""),
            (_, "/orders/rotate") => (200, """{"id":"orders","secret":"whsec_next","status":{"previousSecretUntil":"2026-11-24T15:00:00+00:00"}}"""),
            (_, "/orders/deliveries") => (200, $"[{Delivery}]"),
            (_, "/orders/resend") => (200, """{"resent":10000,"more":true}"""),
            (_, "/orders/ping") or (_, "/orders/deliveries/msg_1") or (_, "/orders/deliveries/msg_1/resend") => (200, Delivery),
            _ => (200, Orders),
        };
        http.Response.StatusCode = status;
        if (status == 204) return;
        http.Response.ContentType = status < 400 ? MediaTypeNames.Application.Json : "application/problem+json";
        await http.Response.WriteAsync(answer);
    }
}

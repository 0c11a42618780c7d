using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ratchet.Cli.Tests.Schedules;

/// <summary>Not the server: a stand-in for <c>/api/v1/schedules</c>, written from the REST contract, that notes what it is asked.</summary>
public sealed class ScheduleStandIn : IAsyncLifetime
{
    public const string Backfill = "0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a";
    private const string Problems = "application/problem+json";

    private const string Nightly = """
        {"id":"nightly","cron":"30 2 * * *","timeZone":"Europe/Berlin","overlap":"SKIP","misfire":"RUN_ONCE","misfireThreshold":"1m","jitter":"1m30s","enabled":true,
         "job":{"task":"report","queue":"default","priority":"NORMAL","input":{"n":1.0}},
         "status":{"nextInstant":"2026-11-24T01:30:00+00:00","createdAt":"2026-11-23T15:00:00+00:00","updatedAt":"2026-11-23T15:00:00+00:00"}}
        """;

    private const string Fire = """
        {"instant":"2026-11-23T01:30:00+00:00","kind":"SCHEDULED","state":"SKIPPED","reason":"a job of the schedule was not at an end","runAt":"2026-11-23T01:30:00+00:00","decidedAt":"2026-11-23T01:30:00+00:00"}
        """;

    private const string Progress = $$"""
        {"id":"{{Backfill}}","from":"2026-11-01T00:00:00+00:00","to":"2026-11-02T00:00:00+00:00","perMinute":60,"state":"RUNNING","total":24,"handled":3,"submitted":2}
        """;

    private readonly WebApplication app;
    private readonly List<string> requests = [];

    public ScheduleStandIn()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Map("/api/v1/schedules/{**path}", AnswerAsync);
        app.Map("/api/v1/schedules", AnswerAsync);
    }

    public string Url => app.Urls.First();

    /// <summary>Method, path with query, the Idempotency-Key header and the body of each request, in order.</summary>
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
        string path = http.Request.Path.Value!["/api/v1/schedules".Length..];
        lock (requests) requests.Add($"{http.Request.Method} {path}{http.Request.QueryString} [{http.Request.Headers["Idempotency-Key"]}] {body}".TrimEnd());
        http.Response.Headers["x-total-count"] = "7";
        (int status, string answer) = (http.Request.Method, path) switch
        {
            ("PUT", "/contended") when !http.Request.Headers.IfMatch.ToString().Contains("second", StringComparison.Ordinal) => (412, """{"title":"It was changed meanwhile","status":412}"""),
            ("POST", "") when body.Contains("both", StringComparison.Ordinal) =>
                (422, """{"title":"A field is not valid","status":422,"detail":"3 fields of the schedule are not valid.","errors":[{"pointer":"/cron","detail":"cron is wrong in field 2."},{"pointer":"/job/input/n","detail":"must be number"},{"pointer":"/job/maxAttempts","detail":"maxAttempts must be from 1 to 100."}]}"""),
            (_, "/nope") => (404, """{"title":"Not found","status":404,"detail":"There is no schedule 'nope'."}"""),
            ("DELETE", _) => (204, ""),
            ("POST", "") when body.Contains("25", StringComparison.Ordinal) =>
                (422, """{"title":"A field is not valid","status":422,"detail":"cron is wrong in field 2.","errors":[{"pointer":"/cron","detail":"cron is wrong in field 2.","field":2,"offset":2}]}"""),
            ("GET", "") => (200, $"[{Nightly}]"),
            ("POST", "/nightly/trigger") => (201, $$"""{"job":"{{Backfill}}","state":"SUBMITTED"}"""),
            (_, "/preview" or "/nightly/preview") => (200, """["2026-11-24T02:30:00+01:00","2026-11-25T01:30:00+00:00"]"""),
            (_, "/nightly/fires") => (200, $"[{Fire}]"),
            ("GET", "/nightly/backfills") => (200, $"[{Progress}]"),
            ("POST", _) when path.Contains("/backfills", StringComparison.Ordinal) => (200, Progress),
            _ => (200, Nightly),
        };
        // Somebody else changes the contended schedule between its first reading and the change that follows.
        http.Response.Headers.ETag = path == "/contended" && Requests.Any(r => r.StartsWith("PUT /contended", StringComparison.Ordinal)) ? "\"second\"" : "\"first\"";
        http.Response.StatusCode = status;
        if (status == 204) return;
        http.Response.ContentType = status < 400 ? MediaTypeNames.Application.Json : Problems;
        await http.Response.WriteAsync(answer);
    }
}

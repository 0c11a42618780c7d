using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ratchet.Cli.Tests.Support;

/// <summary>
/// Not the server: a small stand-in on loopback, written from the REST contract (paths, status codes, job and task JSON, problem details), so
/// that the command's side is tested without a cluster. What the real gateway does is tested where the gateway is.
/// The task's name says how the job goes.
/// </summary>
public sealed partial class ServerStandIn : IAsyncLifetime
{
    public const string JobId = "0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a";

    private const string ProblemType = "application/problem+json";

    private const string Ended = """
        "output": {"sum":15}, "timeout":"30s", "escalateTo":"URGENT", "rateLimit":{"count":10,"window":"1m"}, "retention":"1d", "cache":false,
        "retry": {"strategy":"exponential","maxAttempts":5,"initialDelay":"10s","maxDelay":"1h","factor":2,"jitter":true,"delays":[],"retryOn":[],"noRetryOn":["Timeout"]},
        "executions": [{
          "attempt":1, "outcome":"COMPLETED", "startedAt":"2026-11-23T15:17:06Z", "finishedAt":"2026-11-23T15:17:06.5Z", "node":"n1",
          "log": [{"level":"info","offset":1500,"message":"hi\u001b[2J"}]
        }]
        """;

    private const string Failed = """
        "failure": {"kind":"TaskError","name":"DataError","message":"no rows","stack":"DataError: no rows\n    at main (main.js:3:9)"}
        """;

    private const string InvalidInput = """
        {
          "type":"x", "title":"Invalid input", "status":422, "detail":"The input does not match the schema.",
          "errors":[{"pointer":"/num1","detail":"must be number"},{"pointer":"","detail":"must have num2"}]
        }
        """;

    private const string ListedTask =
        """{"name":"addition","version":"1.0.0","label":"Addition","enabled":true,"mode":"ACTIVE","circuit":{"state":"OPEN"},"source":"/tasks/addition"}""";

    private const string ShownTask = """{"name":"addition","version":"1.0.0","inputSchema":{"type":"object"},"retry":null,"createdAt":"2026-11-23T15:17:06.5+01:00","circuit":{"state":"OPEN","openUntil":"2026-11-23T15:18:06Z"}}""";

    private readonly WebApplication app;
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> requests = [];
    private readonly List<string> keys = [];

    public ServerStandIn()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/api/v1/jobs", SubmitAsync);
        app.MapGet("/api/v1/jobs/{id}", (HttpContext http, string id) =>
            id == JobId ? AnswerAsync(http, 200, Job("COMPLETED", Ended)) : NotFoundAsync(http, $"There is no job {id}."));
        app.MapGet("/api/v1/jobs", http =>
        {
            Note(http, "");
            http.Response.Headers["x-total-count"] = "7";
            return AnswerAsync(http, 200, $"[{Job("COMPLETED", "")},{Job("FAILED", "")}]");
        });
        app.MapGet("/api/v1/tasks", http => AnswerAsync(http, 200, $"[{ListedTask}]"));
        app.MapGet("/api/v1/tasks/{name}", (HttpContext http, string name) =>
            name == "addition" ? AnswerAsync(http, 200, ShownTask) : NotFoundAsync(http, $"There is no task '{name}'."));
        MapControls();
        app.MapGet("/html/api/v1/tasks", http => http.Response.WriteAsync("<html>"));
        app.MapGet("/busy/api/v1/tasks", http => AnswerAsync(http, 503, """{"title":"draining","status":503}""", "application/problem+json"));
        app.MapGet("/broken/api/v1/tasks", http => AnswerAsync(http, 500, "oops"));
    }

    public string Url => app.Urls.First();

    /// <summary>Completes when a submit of the task <c>hold</c> has arrived, or of <c>waits</c> one that waits for the job's end; it is never answered.</summary>
    public Task Held => held.Task;

    /// <summary>The idempotency keys of the submits, in order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (requests) return [.. keys];
        }
    }

    /// <summary>Method, path with query, the Prefer or the Idempotency-Key header and the body of each request, in order; of submits without the key, which is another each time.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests) return [.. requests];
        }
    }

    public async ValueTask InitializeAsync() => await app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task SubmitAsync(HttpContext http)
    {
        string body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        JsonElement submit = JsonElement.Parse(body);
        string key = submit.TryGetProperty("idempotencyKey", out JsonElement own) ? own.GetString()! : http.Request.Headers["Idempotency-Key"].ToString();
        int before;
        lock (requests)
        {
            before = keys.Count(known => known == key);
            keys.Add(key);
        }

        http.Request.Headers.Remove("Idempotency-Key");
        Note(http, body);
        await AnswerAsync(http, submit.GetProperty("task").GetString()!, waits: http.Request.Headers.ContainsKey("Prefer"), $""" "idempotencyKey":"{key}" """, before);
    }

    /// <param name="repeats">How many submits with the same key came before.</param>
    private async Task AnswerAsync(HttpContext http, string task, bool waits, string key, int repeats)
    {
        http.Response.Headers.Location = $"/api/v1/jobs/{JobId}";
        switch (task)
        {
            case "addition":
                await AnswerAsync(http, 201, waits ? Job("COMPLETED", """ "output":{ "sum": 15, "name": "Größe" } """) : Job("QUEUED", key));
                break;
            case "fails":
                await AnswerAsync(http, 201, Job("FAILED", Failed));
                break;
            case "cancelled":
                await AnswerAsync(http, 201, Job("CANCELLED", ""));
                break;
            // Ended by somebody else; and one that was there already, under another key or none.
            case "later":
                await AnswerAsync(http, 201, repeats < 3 ? Job("PROCESSING", key) : Job("COMPLETED", Ended));
                break;
            case "holder" or "never":
                await AnswerAsync(http, repeats == 0 ? 200 : 500, Job("PROCESSING", "", task == "never" ? "0197c2a4-0000-7000-8000-000000000000" : JobId));
                break;
            // The answer gets lost: of the first submit, or of the first two that wait.
            case "lost" when repeats == 0:
            case "restarts" when waits && repeats < 3:
                http.Abort();
                break;
            case "lost" or "restarts":
                await AnswerAsync(http, 200, repeats > 0 && waits ? Job("COMPLETED", Ended) : Job("QUEUED", key));
                break;
            case "waits" when !waits:
                await AnswerAsync(http, 201, Job("QUEUED", key));
                break;
            case "hold" or "waits":
                held.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
                break;
            case "past":
                await AnswerAsync(http, 422, """{"status":422,"detail":"runAt is 2020-01-01T00:00:00Z, which is in the past; leave it out.","errors":[{"pointer":"/runAt","detail":"runAt is 2020-01-01T00:00:00Z, which is in the past; leave it out."}]}""", ProblemType);
                break;
            case "grouped":
                await AnswerAsync(http, 422, """{"status":422,"detail":"maxDelay must not be shorter than delay.","errors":[{"pointer":"/debounce/maxDelay","detail":"maxDelay must not be shorter than delay."}]}""", ProblemType);
                break;
            case "keyed":
                await AnswerAsync(http, 422, """{"status":422,"detail":"concurrencyLimit needs a concurrencyKey.","errors":[{"pointer":"/concurrencyLimit","detail":"concurrencyLimit needs a concurrencyKey."}]}""", ProblemType);
                break;
            case "schema":
                await AnswerAsync(http, 422, """{"status":422,"detail":"It does not match.","errors":[{"pointer":"/input/n","detail":"must be number"},{"pointer":"/input","detail":"must have m"}]}""", ProblemType);
                break;
            case "invalid":
                await AnswerAsync(http, 422, InvalidInput, ProblemType);
                break;
            default:
                await NotFoundAsync(http, $"There is no task '{task}'.");
                break;
        }
    }

    private void Note(HttpContext http, string body)
    {
        string header = $"{http.Request.Headers["Prefer"]}{http.Request.Headers["Idempotency-Key"]}";
        lock (requests) requests.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} [{header}] {body}".TrimEnd());
    }

    private static Task NotFoundAsync(HttpContext http, string detail) =>
        AnswerAsync(http, 404, $$"""{"type":"x","title":"Not found","status":404,"detail":"{{detail}}"}""", ProblemType);

    private static Task AnswerAsync(HttpContext http, int status, string body, string type = MediaTypeNames.Application.Json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(body);
    }

    private static string Job(string state, string more, string id = JobId)
    {
        string job = $$"""
            {
              "id":"{{id}}", "tenant":"default", "task":"addition", "version":"1.0.0", "queue":"default", "priority":"NORMAL", "state":"{{state}}",
              "attempts":1, "maxAttempts":3, "lostWorkers":0, "createdAt":"2026-11-23T15:17:06.1234567Z", "input":{"num1":5}
            """;
        return more.Length == 0 ? job + "}" : $"{job},{more}}}";
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ratchet.Cli.Tests.Support;

/// <summary>What operators ask of jobs, queues, tasks, limits, workers and bulk operations; each answer is a fixed text of the contract's form.</summary>
public sealed partial class ServerStandIn
{
    public const string BulkId = "0197c2a4-0000-7000-8000-00000000b01c";

    private const string Explained = """
        {"cause":"KEY_LIMIT","text":"Its concurrency key 'c' is at its limit, held by 1 job.","subject":"c","until":"2026-11-23T15:17:06Z",
         "holders":["0197c2a4-0000-7000-8000-00000000000a"],"ahead":7,"aheadByPriority":2,"estimate":"2026-11-23T15:18:06Z","job":{"state":"QUEUED"}}
        """;

    private const string Queue = """
        {"name":"mails","mode":"PAUSED","counts":{"QUEUED":7,"FAILED":2},"stats":{"nodes":1,"inFlight":3,"lanes":2,"held":1},
         "limit":{"concurrency":4,"rate":{"count":10,"window":"1m"}},"weights":{"gold":2.5}}
        """;

    private const string Limit = """
        {"scope":"key","name":"a/b","set":true,"concurrency":2,"rate":{"count":10,"window":"1m"},"held":1,"holders":["0197c2a4-0000-7000-8000-00000000000a"],"waiting":["mails"],"started":4,"nextStart":"2026-11-23T15:17:06Z"}
        """;

    private const string Cache = """{"task":"a b","enabled":true,"cache":{"ttlMs":60000},"entries":3,"hits":20,"misses":4,"waiting":1,"purgedAt":"2026-11-23T15:17:06Z"}""";

    private const string Worker = """{"name":"w1","incarnation":"w1@7","mode":"DRAINING","capacity":16,"running":3,"processors":2,"memoryBytes":1610612736,"isolation":"bubblewrap"}""";

    private const string Events = """
        [{"cursor":"1-1","at":"2026-11-23T15:17:06Z","transition":"enqueue","to":"QUEUED","attempt":0,"actor":"client"},
         {"cursor":"2-1","at":"2026-11-23T15:17:07Z","transition":"cancel","from":"QUEUED","to":"CANCELLED","attempt":0,"actor":"client","reason":"wrong customer"}]
        """;

    private int bulkPolls;

    private void MapControls()
    {
        app.MapPost("/api/v1/jobs/{id}/cancel", (HttpContext http, string id) => NotedAsync(http, id == JobId
            ? $$"""{"job":{{Job("CANCELLED", "")}},"was":"PROCESSING","interrupted":"w1"}"""
            : """{"type":"urn:ratchet:problem:illegal-transition","status":409,"detail":"Job x is COMPLETED; 'cancel' is not possible from there.","state":"COMPLETED"}""", id == JobId ? 200 : 409));
        app.MapPost("/api/v1/jobs/{id}/retry", http => NotedAsync(http, Job("QUEUED", "")));
        app.MapPost("/api/v1/jobs/{id}/priority", http => NotedAsync(http, Job("QUEUED", "")));
        app.MapDelete("/api/v1/jobs/{id}", http => NotedAsync(http, "", 204));
        app.MapGet("/api/v1/jobs/{id}/why", http => NotedAsync(http, Explained));
        app.MapGet("/api/v1/jobs/{id}/events", http => NotedAsync(http, Events));
        foreach ((string collection, string one) in new[] { ("queues", Queue), ("workers", Worker), ("tasks", ControlledTask) })
        {
            if (collection != "tasks") app.MapGet($"/api/v1/{collection}", http => NotedAsync(http, $"[{one}]"));
            if (collection != "tasks") app.MapGet($"/api/v1/{collection}/{{name}}", http => NotedAsync(http, one));
            foreach (string verb in new[] { "pause", "drain", "resume", "enable", "disable" }) app.MapPost($"/api/v1/{collection}/{{name}}/{verb}", http => NotedAsync(http, one));
        }

        app.MapDelete("/api/v1/tasks/{name}", (HttpContext http, string name) => name == "used"
            ? NotedAsync(http, """{"type":"urn:ratchet:problem:task-in-use","status":409,"detail":"2 jobs of task 'used' are not at an end."}""", 409) : NotedAsync(http, "", 204));
        app.MapGet("/api/v1/tasks/{name}/cache", http => NotedAsync(http, Cache));
        app.MapDelete("/api/v1/tasks/{name}/cache", http => NotedAsync(http, """{"deleted":3}"""));
        MapVersions();
        app.MapPut("/api/v1/queues/{name}/weights/{**key}", http => NotedAsync(http, "{}"));
        app.MapDelete("/api/v1/queues/{name}/weights/{**key}", http => NotedAsync(http, "", 204));
        app.MapGet("/api/v1/limits", http => NotedAsync(http, $"[{Limit}]"));
        app.MapGet("/api/v1/limits/{scope}/{**name}", http => NotedAsync(http, Limit));
        app.MapPut("/api/v1/limits/{scope}/{**name}", http => NotedAsync(http, Limit));
        app.MapDelete("/api/v1/limits/{scope}/{**name}", http => NotedAsync(http, "", 204));
        app.MapPost("/api/v1/bulk", http => NotedAsync(http, Bulk("RUNNING", 0), 202));
        app.MapGet("/api/v1/bulk", http => NotedAsync(http, $"[{Bulk("COMPLETED", 9)}]"));
        app.MapGet("/api/v1/bulk/{id}", http => NotedAsync(http, Interlocked.Increment(ref bulkPolls) % 2 == 1 ? Bulk("RUNNING", 4) : Bulk("COMPLETED", 9)));
        app.MapPost("/api/v1/bulk/{id}/cancel", http => NotedAsync(http, Bulk("CANCELLED", 4)));
    }

    private const string ControlledTask = """{"name":"addition","version":"1.0.0","label":"Addition","enabled":true,"mode":"PAUSED","circuit":{"state":"CLOSED"},"source":"/tasks/addition"}""";

    private static string Bulk(string state, int changed) =>
        $$"""{"id":"{{BulkId}}","action":"cancel","state":"{{state}}","total":10,"changed":{{changed}},"skipped":1,"actor":"client","createdAt":"2026-11-23T15:17:06Z"}""";

    private async Task NotedAsync(HttpContext http, string answer, int status = 200)
    {
        Note(http, await new StreamReader(http.Request.Body).ReadToEndAsync());
        if (status == 204) http.Response.StatusCode = status;
        else await AnswerAsync(http, status, answer, status == 409 ? ProblemType : "application/json");
    }
}

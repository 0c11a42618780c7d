using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>Requests a second over 64 HTTP connections, from this process to the server's: reads and submits, and the same list by REST and by GraphQL. Calls take turns.</summary>
public sealed class FrontScenario : IScenario
{
    public const string RestList = "GET /jobs, 50 of a list, 7 fields";
    public const string GraphList = "POST /graphql, the same 50";
    public const string Bulk = "POST /jobs/bulk, 1,000 jobs a request";
    private const int Connections = 64;
    private const int Rounds = 3;
    private const int BulkJobs = 1_000;
    private const int Prepared = 2_000;
    private const string Job = """{"task":"addition","input":{"num1":5,"num2":10}}""";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public string Name => "front";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        foreach (string provider in BenchDatabase.Providers)
            await run.MeasureAsync($"Ratchet over HTTP on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, cancel));
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(provider);
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false }) { BaseAddress = server.Address };
        using var jobs = new HttpJobs(server.Address, 1);
        string id = await PrepareAsync(http, jobs, cancel);
        // A table that was never looked at has its lists sorted; PostgreSQL looks at it by itself within a minute.
        await database.SettleAsync();
        var figures = new List<Figure>();
        // Reads first: submits leave jobs that run.
        foreach (Call[] group in new Call[][] { Reads(id), Submits })
        {
            foreach (Call call in group) await TurnAsync(http, call, WarmUp, cancel);
            for (int round = 1; round <= Rounds; round++)
            {
                foreach (Call call in group) figures.Add(await TurnAsync(http, call, Turn, cancel) with { Round = round, Store = database.Title });
            }
        }

        return figures;
    }

    private static Call[] Reads(string id) =>
    [
        new("GET /jobs/{id}", () => Get($"/api/v1/jobs/{id}")),
        new(RestList, () => Get("/api/v1/jobs?limit=50&fields=id,task,state,priority,queue,createdAt,finishedAt")),
        new(GraphList, () => Post("/graphql", Query("jobId task state priority queue createdAt finishedAt"))),
        new("POST /graphql, 50 with their executions", () => Post("/graphql", Query("jobId task state executions { attempt outcome startedAt finishedAt }"))),
    ];

    private static readonly byte[] BulkBody = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Job, BulkJobs))}]");

    private static readonly Call[] Submits =
    [
        new("POST /jobs", () => Post("/api/v1/jobs", Encoding.UTF8.GetBytes(Job))),
        new(Bulk, () => Post("/api/v1/jobs/bulk", BulkBody), BulkJobs, 8),
    ];

    private static byte[] Query(string fields) => JsonSerializer.SerializeToUtf8Bytes(new { query = $"{{ jobs(first: 50) {{ nodes {{ {fields} }} }} }}" });

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, new Uri(path, UriKind.Relative));

    private static HttpRequestMessage Post(string path, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        return request;
    }

    /// <summary>Finished jobs to be read; the id of one.</summary>
    private static async Task<string> PrepareAsync(HttpClient http, HttpJobs jobs, CancellationToken cancel)
    {
        for (int sent = 0; sent < Prepared; sent += BulkJobs) await SendAsync(http, Submits[1], cancel);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (await jobs.CountAsync("COMPLETED", cancel) < Prepared) await timer.WaitForNextTickAsync(cancel);
        using JsonDocument list = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri("/api/v1/jobs?limit=1", UriKind.Relative), cancel));
        return list.RootElement[0].GetProperty("id").GetString()!;
    }

    private async Task<Figure> TurnAsync(HttpClient http, Call call, TimeSpan span, CancellationToken cancel)
    {
        var samples = new ConcurrentBag<double>();
        long start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, call.Connections).Select(async _ =>
        {
            while (TimeProvider.System.GetElapsedTime(start) < span)
            {
                long began = TimeProvider.System.GetTimestamp();
                await SendAsync(http, call, cancel);
                samples.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        return new Figure
        {
            System = "Ratchet",
            Scenario = Name,
            Setting = call.Name,
            Jobs = samples.Count * call.Jobs,
            TotalSeconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds,
            Milliseconds = [.. samples],
        };
    }

    /// <exception cref="RatchetException">The answer is none that a figure should count.</exception>
    private static async Task SendAsync(HttpClient http, Call call, CancellationToken cancel)
    {
        using HttpRequestMessage request = call.Request();
        using HttpResponseMessage answer = await http.SendAsync(request, cancel);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (!answer.IsSuccessStatusCode || body.AsSpan().IndexOf("\"errors\""u8) >= 0) throw new RatchetException($"{call.Name} was answered with {(int)answer.StatusCode}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)))}");
    }

    /// <param name="Jobs">Jobs a request; 1 where it is requests that count.</param>
    private sealed record Call(string Name, Func<HttpRequestMessage> Request, int Jobs = 1, int Connections = Connections);
}

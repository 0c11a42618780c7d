using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ratchet.Bench.Databases;
using Ratchet.Bench.Figures;
using Ratchet.Bench.Processes;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Scenarios;

/// <summary>
/// A thousand followers of events, each of a queue of its own, while a thousand jobs a second are submitted to those queues: how long after it happened each event was in its follower's hands, and that none is missing.
/// </summary>
public sealed class SubscribersScenario : IScenario
{
    private const int Followers = 1_000;
    private const int JobsASecond = 1_000;
    private const int Seconds = 20;

    /// <summary>So long at the beginning is not counted: code is compiled, queues come up.</summary>
    private const int WarmUpSeconds = 5;
    private const int Batch = 100;

    public string Name => "subscribers";
    public bool Large => true;

    public async Task RunAsync(RunContext run, CancellationToken cancel)
    {
        foreach (string provider in BenchDatabase.Providers)
            await run.MeasureAsync($"{Followers:#,0} followers on {BenchDatabase.TitleOf(provider)}", () => MeasureAsync(provider, cancel));
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string provider, CancellationToken cancel)
    {
        await using BenchDatabase database = await BenchDatabase.CreateAsync(provider);
        // All of them come from one address.
        await using RatchetServer server = await RatchetServer.StartAsync(database, cancel, ("RATCHET__Gateway__MaxConnectionsPerAddress", "5000"));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var seen = new Seen();
        var following = new List<Task>();
        foreach (int number in Enumerable.Range(0, Followers)) following.Add(await FollowAsync(http, number, seen, over.Token));
        double before = ProcMemory.Read(server.ProcessId).Resident;
        int submitted = await SubmitAsync(http, seen, cancel);
        // A start that is written with its end is no event of its own: completions are what can be counted.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        DateTimeOffset patience = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (seen.Completed < submitted && TimeProvider.System.GetUtcNow() < patience) await timer.WaitForNextTickAsync(cancel);
        ServerLoad load = new(server.Start.TotalSeconds, before, ProcMemory.Read(server.ProcessId).Resident);
        await over.CancelAsync();
        await Task.WhenAll(following);
        if (seen.Completed != submitted) throw new RatchetException($"{seen.Completed:#,0} completions of {submitted:#,0} jobs came.");
        return [new Figure { System = "Ratchet", Scenario = Name, Setting = $"{Followers:#,0} followers, {JobsASecond:#,0} jobs/s", Store = database.Title, Jobs = submitted, TotalSeconds = Seconds, Milliseconds = [.. seen.Lags], Server = load }];
    }

    private static async Task<int> SubmitAsync(HttpClient http, Seen seen, CancellationToken cancel)
    {
        int submitted = 0;
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds((double)Batch / JobsASecond), TimeProvider.System);
        for (int part = 0; part < Seconds * JobsASecond / Batch && await pace.WaitForNextTickAsync(cancel); part++)
        {
            if (part == WarmUpSeconds * JobsASecond / Batch) seen.Counts = true;
            string body = string.Join(',', Enumerable.Range(submitted, Batch).Select(n => $$$"""{"task":"addition","queue":"q-{{{n % Followers}}}","input":{"num1":5,"num2":10}}"""));
            using var content = new StringContent($"[{body}]", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.PostAsync(new Uri("/api/v1/jobs/bulk", UriKind.Relative), content, cancel);
            answer.EnsureSuccessStatusCode();
            submitted += Batch;
        }

        return submitted;
    }

    /// <summary>Returns when the stream has begun, with what reads it.</summary>
    private static async Task<Task> FollowAsync(HttpClient http, int number, Seen seen, CancellationToken over)
    {
        HttpResponseMessage answer = await http.GetAsync(new Uri($"/api/v1/events?follow=true&queue=q-{number}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, over);
        answer.EnsureSuccessStatusCode();
        return ReadAsync(answer, seen, over);
    }

    private static async Task ReadAsync(HttpResponseMessage answer, Seen seen, CancellationToken over)
    {
        using (answer)
        using (var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(over)))
        {
            try
            {
                while (await lines.ReadLineAsync(over) is { } line)
                {
                    if (!line.StartsWith("data: {\"cursor\"", StringComparison.Ordinal)) continue;
                    using JsonDocument happened = JsonDocument.Parse(line.AsMemory(6));
                    seen.Note(DateTimeOffset.Parse(happened.RootElement.GetProperty("at").GetString()!, CultureInfo.InvariantCulture), happened.RootElement.GetProperty("to").GetString()!);
                }
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                // The measurement is over.
            }
        }
    }

    private sealed class Seen
    {
        private long completed;

        public ConcurrentBag<double> Lags { get; } = [];
        public long Completed => Volatile.Read(ref completed);
        public bool Counts { get; set; }

        public void Note(DateTimeOffset at, string to)
        {
            if (to == "COMPLETED") Interlocked.Increment(ref completed);
            if (Counts) Lags.Add((TimeProvider.System.GetUtcNow() - at).TotalMilliseconds);
        }
    }
}

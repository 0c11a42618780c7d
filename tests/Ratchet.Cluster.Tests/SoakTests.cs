using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;

namespace Ratchet.Cluster.Tests;

/// <summary>
/// A server that is killed and stopped again and again while jobs of all kinds are submitted, and the promises held against what the store says after it.
/// RATCHET_SOAK_ROUNDS says how often, RATCHET_SOAK_SEED repeats a run's choices. Takes minutes: run by <c>./test.sh --soak</c> alone.
/// </summary>
public class SoakTests
{
    private const int JobsInRound = 120;
    private const int Submitters = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly int Rounds = Setting("RATCHET_SOAK_ROUNDS", 10);
    private readonly int seed = Setting("RATCHET_SOAK_SEED", Environment.TickCount);

    [Theory(Explicit = true)]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Nothing_is_lost_stuck_or_done_twice_by_a_server_that_is_killed_and_stopped_again_and_again(string provider)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}, {Rounds} rounds.");
        var random = new Random(seed);
        await using Database database = await Database.CreateAsync(provider);
        var accepted = new ConcurrentDictionary<string, string>();
        List<object> unknown = [];
        for (int round = 0; round < Rounds; round++)
        {
            await using Server server = await Server.StartAsync(database);
            List<object> jobs = [.. unknown, .. Enumerable.Range(0, JobsInRound).Select(n => Job(random, $"{round}-{n}"))];
            Task<List<object>> submitting = SubmitAsync(server, jobs, accepted);
            int enough = random.Next(JobsInRound / 2);
            await UntilAsync(server, async () => accepted.Count >= round * JobsInRound + enough);
            if (random.Next(3) == 0) Assert.Equal(0, await server.StopAsync());
            else await server.KillAsync();
            // Whether these were accepted nobody knows; they are given again, with their keys.
            unknown = await submitting;
        }

        await using (Server last = await Server.StartAsync(database))
        {
            Assert.Empty(await SubmitAsync(last, unknown, accepted));
            Assert.Equal(Rounds * JobsInRound, accepted.Count);
            await UntilAsync(last, async () => await CountAsync(last, "SCHEDULED,QUEUED,PROCESSING,RETRYING") == 0);
            Assert.Equal(Rounds * JobsInRound, await CountAsync(last, ""));
            Assert.Equal(0, await last.StopAsync());
        }

        await using IStore store = database.Open();
        JobId[] ids = [.. accepted.Values.Select(id => new JobId(Guid.Parse(id)))];
        IReadOnlyList<JobHistory> histories = await HistoryReader.ReadAsync(store.Jobs, QueueKey.DefaultTenant, ids, CancellationToken.None);
        var expected = new Expectations
        {
            Acknowledged = ids,
            Concurrency = Enumerable.Range(0, 3).ToDictionary(k => $"soak-{k}", _ => 2),
        };
        Assert.Empty(HistoryChecker.Check(histories, expected));
    }

    private static object Job(Random random, string key)
    {
        var job = new Dictionary<string, object> { ["task"] = "busy", ["input"] = new { n = 1, ms = random.Next(1, 15) }, ["idempotencyKey"] = "soak-" + key };
        switch (random.Next(6))
        {
            case 0:
                job["delay"] = $"{random.Next(1, 4_000)}ms";
                break;
            case 1:
                job["task"] = "thrower";
                job["input"] = new { error = "NetworkError", message = "again" };
                job["retry"] = new { maxAttempts = 3, initialDelay = "200ms" };
                break;
            case 2:
                job["concurrencyKey"] = $"soak-{random.Next(3)}";
                job["concurrencyLimit"] = 2;
                break;
            case 3:
                job["priority"] = "URGENT";
                job["queue"] = $"other-{random.Next(3)}";
                break;
        }

        return job;
    }

    /// <returns>Those that got no answer, or were told to come again.</returns>
    private static async Task<List<object>> SubmitAsync(Server server, List<object> jobs, ConcurrentDictionary<string, string> accepted)
    {
        var unknown = new ConcurrentBag<object>();
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = Submitters }, async (job, cancel) =>
        {
            try
            {
                using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(new Uri("/api/v1/jobs", UriKind.Relative), job, cancel);
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    unknown.Add(job);
                    return;
                }

                string text = await answer.Content.ReadAsStringAsync(cancel);
                Assert.True(answer.IsSuccessStatusCode, text);
                string id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
                string key = (string)((Dictionary<string, object>)job)["idempotencyKey"];
                Assert.Equal(id, accepted.GetOrAdd(key, id));
            }
            // A connection that was reset while it was being made is told of by the socket itself.
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
            {
                unknown.Add(job);
            }
        });
        return [.. unknown];
    }

    private static async Task<int> CountAsync(Server server, string states)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(new Uri($"/api/v1/jobs?_end=1{(states == "" ? "" : "&state=" + states)}", UriKind.Relative));
        return int.Parse(answer.Headers.GetValues("x-total-count").Single(), CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Server server, Func<Task<bool>> holds)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (!await holds()) await timer.WaitForNextTickAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Not at rest after {Patience}:\n{await StuckAsync(server)}\n{server.Log}");
        }
    }

    /// <summary>Why each of the jobs that are not at an end is not.</summary>
    private static async Task<string> StuckAsync(Server server)
    {
        var text = new StringBuilder();
        JsonElement jobs = await server.Http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/jobs?_end=20&state=SCHEDULED,QUEUED,PROCESSING,RETRYING", UriKind.Relative));
        foreach (JsonElement job in jobs.EnumerateArray())
        {
            string id = job.GetProperty("id").GetString()!;
            text.AppendLine(job.GetRawText());
            foreach (string what in new[] { "why", "events" })
                text.AppendLine(await server.Http.GetStringAsync(new Uri($"/api/v1/jobs/{id}/{what}", UriKind.Relative)));
        }

        text.AppendLine(await server.Http.GetStringAsync(new Uri("/api/v1/queues", UriKind.Relative)));
        return text.ToString();
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;

namespace Ratchet.Cluster.Tests;

/// <summary>
/// Promises 1 to 3 (docs/guides/guarantees.md): what was acknowledged survives SIGKILL, ends, and ends once. A kill in each of many states is <see cref="SoakTests"/>'.
/// </summary>
public class KillAndRestartTests
{
    private const int Jobs = 500;
    private const int Equal = 30;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Jobs_accepted_and_half_done_survive_a_kill_and_none_completes_twice(string provider)
    {
        await using Database database = await Database.CreateAsync(provider);
        string[] accepted, equal;
        await using (Server first = await Server.StartAsync(database))
        {
            accepted = await SubmitAsync(first, Jobs, n => new { task = "busy", input = new { n, ms = 4 } });
            await UntilAsync(first, "half of the jobs are completed", async () => await CompletedAsync(first) >= Jobs / 2);
            // Of these, which are all the same, one runs and the others wait for what it comes to.
            equal = await SubmitAsync(first, Equal, _ => new { task = "shared", input = new { ms = 2_000 }, priority = "URGENT" });
            await UntilAsync(first, "one of the equal jobs runs", async () => (await ReadAsync(first, equal)).Count(job => job.GetProperty("state").GetString() == "PROCESSING") == 1);
            await first.KillAsync();
        }

        await using (Server second = await Server.StartAsync(database))
        {
            await UntilAsync(second, "all jobs are completed", async () => await CompletedAsync(second) >= Jobs + Equal);
            JsonElement[] shared = await ReadAsync(second, equal);
            JsonElement run = Assert.Single(shared, job => !job.TryGetProperty("cached", out _));
            Assert.All(shared, job => Assert.Equal(run.GetProperty("output").GetRawText(), job.GetProperty("output").GetRawText()));
            Assert.Equal(Jobs + Equal, await CompletedAsync(second));
            Assert.Equal(0, await second.StopAsync());
        }

        await using IStore store = database.Open();
        JobId[] ids = [.. accepted.Select(id => new JobId(Guid.Parse(id)))];
        IReadOnlyList<JobHistory> histories = await HistoryReader.ReadAsync(store.Jobs, QueueKey.DefaultTenant, ids, TestContext.Current.CancellationToken);
        Assert.Empty(HistoryChecker.Check(histories, new Expectations { Acknowledged = ids }));
        Assert.All(histories, history => Assert.Equal((JobState.Completed, 1), (history.Job.State, history.Executions.Count(execution => execution.Outcome == "COMPLETED"))));
    }

    private static async Task<string[]> SubmitAsync(Server server, int count, Func<int, object> make)
    {
        var ids = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, cancel) =>
        {
            using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(new Uri("/api/v1/jobs", UriKind.Relative), make(n), cancel);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            JsonElement job = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            ids.Add(job.GetProperty("id").GetString()!);
        });
        Assert.Equal(count, ids.Distinct().Count());
        return [.. ids];
    }

    private static Task<JsonElement[]> ReadAsync(Server server, string[] ids) =>
        Task.WhenAll(ids.Select(id => server.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/jobs/{id}", UriKind.Relative))));

    private static async Task<int> CompletedAsync(Server server)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(new Uri("/api/v1/jobs?state=COMPLETED&_end=1", UriKind.Relative));
        return int.Parse(answer.Headers.GetValues("x-total-count").Single(), CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Server server, string what, Func<Task<bool>> holds)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!await holds()) await timer.WaitForNextTickAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"After 90 s it is still not so that {what}; {await CompletedAsync(server)} jobs are completed. {await StateAsync(server)}\n{server.Log}");
        }
    }

    /// <summary>What the server says of the work that is left: of its queue and node, and why some of the jobs wait.</summary>
    private static async Task<string> StateAsync(Server server)
    {
        var told = new List<string>();
        foreach (string path in new[] { "queues", "workers", "limits", "jobs?state=PROCESSING&_end=3", "jobs?state=QUEUED&_end=3" }) told.Add($"{path}: {await TextAsync(server, path)}");
        JsonElement[] waiting = await server.Http.GetFromJsonAsync<JsonElement[]>(new Uri("/api/v1/jobs?state=QUEUED,PROCESSING&_end=5", UriKind.Relative)) ?? [];
        foreach (JsonElement job in waiting) told.Add($"why: {await TextAsync(server, $"jobs/{job.GetProperty("id").GetString()}/why")}");
        return string.Join('\n', told);
    }

    private static Task<string> TextAsync(Server server, string path) => server.Http.GetStringAsync(new Uri($"/api/v1/{path}", UriKind.Relative));
}

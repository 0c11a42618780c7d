using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ratchet.Cluster.Tests;

/// <summary>Promises 1 to 3 (docs/guides/guarantees.md): what was acknowledged survives SIGKILL, ends, and ends once.</summary>
public class KillAndRestartTests
{
    private const int Jobs = 1_000;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_thousand_jobs_accepted_and_half_done_survive_a_kill_and_none_completes_twice(string provider)
    {
        await using Database database = await Database.CreateAsync(provider);
        string[] accepted;
        await using (Server first = await Server.StartAsync(database))
        {
            accepted = await SubmitAsync(first);
            await UntilAsync(first, completed => completed >= Jobs / 2);
            await first.KillAsync();
        }

        await using Server second = await Server.StartAsync(database);
        await UntilAsync(second, completed => completed >= Jobs);
        var ends = new ConcurrentBag<(string State, int Completions)>();
        await Parallel.ForEachAsync(accepted, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, cancel) =>
        {
            JsonElement job = await second.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/jobs/{id}", UriKind.Relative), cancel);
            int completions = job.GetProperty("executions").EnumerateArray().Count(e => e.GetProperty("outcome").GetString() == "COMPLETED");
            ends.Add((job.GetProperty("state").GetString()!, completions));
        });
        Assert.Equal(Jobs, ends.Count);
        Assert.All(ends, end => Assert.Equal(("COMPLETED", 1), end));
        Assert.Equal(Jobs, await CompletedAsync(second));
        Assert.Equal(0, await second.StopAsync());
    }

    private static async Task<string[]> SubmitAsync(Server server)
    {
        var ids = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Jobs), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, cancel) =>
        {
            using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(new Uri("/api/v1/jobs", UriKind.Relative), new { task = "busy", input = new { n, ms = 4 } }, cancel);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            JsonElement job = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            ids.Add(job.GetProperty("id").GetString()!);
        });
        Assert.Equal(Jobs, ids.Distinct().Count());
        return [.. ids];
    }

    private static async Task<int> CompletedAsync(Server server)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(new Uri("/api/v1/jobs?state=COMPLETED&_end=1", UriKind.Relative));
        return int.Parse(answer.Headers.GetValues("x-total-count").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Server server, Func<int, bool> enough)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        int completed = 0;
        try
        {
            while (!enough(completed = await CompletedAsync(server))) await timer.WaitForNextTickAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Only {completed} of {Jobs} jobs were completed after 90 s:\n{server.Log}");
        }
    }
}

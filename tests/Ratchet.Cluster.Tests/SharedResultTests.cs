using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Cluster.Tests;

/// <summary>Of equal jobs one is run, over all nodes and over the death of one.</summary>
public sealed class SharedResultTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private const int Jobs = 30;

    [Fact]
    public async Task Over_two_queues_and_two_nodes_one_is_run()
    {
        string name = Guid.CreateVersion7().ToString("N");
        Submission shared = new() { Task = "shared", Input = Encoding.UTF8.GetBytes($$"""{"test":"{{name}}","ms":200}""") };
        IReadOnlyList<JobId>[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => silos.SubmitAsync(Enumerable.Repeat(shared with { Queue = $"{name}-{i % 2}" }, 50))));
        IReadOnlyList<JobHistory> ended = await silos.EndsOfAsync([.. ids.SelectMany(i => i)]);
        Assert.All(ended, h => Assert.Equal(JobState.Completed, h.Job.State));
        JobHistory run = Assert.Single(ended, h => h.Executions.Count > 0);
        Assert.All(ended.Where(h => h != run), h => Assert.Equal(run.Job.Id, h.Job.CachedFrom));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task When_the_node_dies_under_the_one_that_runs_none_is_lost_and_one_is_run_again(string provider)
    {
        await using Database database = await Database.CreateAsync(provider);
        var ids = new List<string>();
        await using (Server first = await Server.StartAsync(database))
        {
            for (int i = 0; i < Jobs; i++) ids.Add(await SubmitAsync(first));
            await UntilAsync(first, "one of them runs", async () => (await Task.WhenAll(ids.Select(id => ReadAsync(first, id)))).Count(j => j.GetProperty("state").GetString() == "PROCESSING") == 1);
            await first.KillAsync();
        }

        await using Server second = await Server.StartAsync(database);
        JsonElement[] jobs = [];
        await UntilAsync(second, "all are completed", async () => (jobs = await Task.WhenAll(ids.Select(id => ReadAsync(second, id)))).All(j => j.GetProperty("state").GetString() == "COMPLETED"));
        JsonElement run = Assert.Single(jobs, j => !j.TryGetProperty("cached", out _));
        Assert.All(jobs, j => Assert.Equal(run.GetProperty("output").GetRawText(), j.GetProperty("output").GetRawText()));
        Assert.Equal(0, await second.StopAsync());
    }

    private static async Task<string> SubmitAsync(Server server)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(new Uri("/api/v1/jobs", UriKind.Relative), new { task = "shared", input = new { ms = 2_000 } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> ReadAsync(Server server, string id) => await server.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/jobs/{id}", UriKind.Relative));

    private static async Task UntilAsync(Server server, string what, Func<Task<bool>> holds)
    {
        try
        {
            await TwoSilos.UntilAsync(what, holds);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{server.Log}");
        }
    }
}

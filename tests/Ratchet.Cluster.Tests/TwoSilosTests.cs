using Ratchet.Grains.Queues;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Cluster.Tests;

/// <summary>What must hold over all nodes of a cluster, and not only within one.</summary>
public sealed class TwoSilosTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private readonly string queue = $"two-{Guid.CreateVersion7():N}";

    private Submission Sleeper(int ms) => new() { Task = "sleeper", Queue = queue, Input = System.Text.Encoding.UTF8.GetBytes($$"""{"ms":{{ms}}}""") };

    [Fact]
    public async Task A_keys_limit_holds_over_two_queues_and_two_nodes()
    {
        const int Limit = 3;
        string key = queue;
        await BothServeAsync(queue);
        await BothServeAsync(queue + "-b");
        IReadOnlyList<JobId> ids = await silos.SubmitAsync(Enumerable.Range(0, 300).Select(i =>
            Sleeper(3) with { Queue = i % 2 == 0 ? queue : queue + "-b", ConcurrencyKey = key, ConcurrencyLimit = Limit }));
        IReadOnlyList<JobHistory> ended = await silos.EndsOfAsync(ids);
        Assert.All(ended, h => Assert.Equal(JobState.Completed, h.Job.State));
        Assert.Empty(LimitChecks.Concurrency([.. ended], new Dictionary<string, int> { [key] = Limit }));
        // The limit is used, too, and by both: otherwise this would say nothing of two nodes.
        Assert.NotEmpty(LimitChecks.Concurrency([.. ended], new Dictionary<string, int> { [key] = Limit - 1 }));
        Assert.Equal(TwoSilos.Names, await NodesOfAsync(ended));
    }

    [Fact]
    public async Task A_keys_rate_holds_over_two_queues_and_two_nodes()
    {
        const int Count = 10;
        TimeSpan window = TimeSpan.FromSeconds(1);
        string key = queue;
        // Few hand-outs, which free room alone could send all to one node.
        silos.Balance(NodeBalance.RoundRobin);
        await BothServeAsync(queue);
        await BothServeAsync(queue + "-b");
        // Others without a rate keep both nodes busy, so that what is handed out does not begin at once.
        IReadOnlyList<JobId> others = await silos.SubmitAsync(Enumerable.Range(0, 60).Select(_ => Sleeper(400)));
        IReadOnlyList<JobId> ids = await silos.SubmitAsync(Enumerable.Range(0, 45).Select(i =>
            Sleeper(1) with { Queue = i % 2 == 0 ? queue : queue + "-b", RateKey = key, RateLimit = new Ratchet.Limiting.RateLimit(Count, window) }));
        IReadOnlyList<JobHistory> ended = await silos.EndsOfAsync(ids);
        Assert.All(ended, h => Assert.Equal(JobState.Completed, h.Job.State));
        Assert.Empty(LimitChecks.Rates([.. ended], new Dictionary<string, (int, TimeSpan)> { [key] = (Count, window) }));
        Assert.Equal(TwoSilos.Names, await NodesOfAsync(ended));
        await silos.EndsOfAsync(others);
        silos.Balance(default);
    }

    [Theory]
    [InlineData(NodeBalance.PowerOfTwo)]
    [InlineData(NodeBalance.RoundRobin)]
    [InlineData(NodeBalance.Weighted)]
    public async Task Every_way_to_choose_a_node_gives_work_to_both(NodeBalance balance)
    {
        silos.Balance(balance);
        await BothServeAsync(queue);
        silos.Balance(default);
    }

    [Fact]
    public async Task A_breaker_that_opened_by_failures_on_one_node_holds_jobs_on_the_other_too()
    {
        Submission brittle = new() { Task = "brittle", Queue = queue, Input = "{}"u8.ToArray() };
        await silos.DrainAsync("two", true);
        IReadOnlyList<JobHistory> failed = await silos.EndsOfAsync(await silos.SubmitAsync(Enumerable.Repeat(brittle with { Input = """{"fail":true}"""u8.ToArray() }, 4)));
        Assert.All(failed, h => Assert.Equal(JobState.Failed, h.Job.State));
        Assert.Equal(["one"], await NodesOfAsync(failed));

        await silos.DrainAsync("two", false);
        await silos.DrainAsync("one", true);
        // In a queue that has never heard of the task.
        Submission elsewhere = brittle with { Queue = queue + "-b" };
        JobId held = (await silos.SubmitAsync(elsewhere))[0];
        IJobGrain job = silos.Grains.GetGrain<IJobGrain>(held.Value);
        await TwoSilos.UntilAsync("it is held up by the circuit breaker", async () => (await job.WhyAsync(QueueKey.DefaultTenant))!.Cause == WaitCause.CircuitOpen);
        // Others go there meanwhile.
        Assert.Equal(["two"], await NodesOfAsync(await silos.EndsOfAsync(await silos.SubmitAsync(Sleeper(1) with { Queue = elsewhere.Queue }))));
        Assert.Equal((JobState.Queued, 0), ((await job.WhyAsync(QueueKey.DefaultTenant))!.Job.State, (await job.WhyAsync(QueueKey.DefaultTenant))!.Job.Attempts));

        silos.Time.Advance(TimeSpan.FromSeconds(61));
        await silos.Grains.GetGrain<IQueueGrain>(new QueueKey(QueueKey.DefaultTenant, elsewhere.Queue).GrainKey).NoteDueAsync(silos.Time.GetUtcNow());
        IReadOnlyList<JobHistory> ended = await silos.EndsOfAsync([held]);
        Assert.Equal(JobState.Completed, ended[0].Job.State);
        Assert.Equal(["two"], await NodesOfAsync(ended));
        await silos.DrainAsync("one", false);
    }

    /// <summary>Jobs one by one, each with a hand-out of its own, until both nodes have had one: a queue that is new finds its nodes one after the other.</summary>
    private Task BothServeAsync(string name)
    {
        var seen = new HashSet<string>();
        return TwoSilos.UntilAsync($"both nodes run jobs of {name}", async () =>
        {
            seen.UnionWith(await NodesOfAsync(await silos.EndsOfAsync(await silos.SubmitAsync(Sleeper(1) with { Queue = name }))));
            return seen.SetEquals(TwoSilos.Names);
        });
    }

    /// <summary>Names of the nodes that ran any of the attempts.</summary>
    private async Task<IEnumerable<string>> NodesOfAsync(IEnumerable<JobHistory> jobs)
    {
        IReadOnlyDictionary<string, string> names = await silos.NodesAsync();
        return jobs.SelectMany(h => h.Executions).Select(e => names[e.Node!]).Distinct().Order();
    }
}

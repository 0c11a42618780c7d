using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Limiting;

/// <summary>Limits under contention, with real sandboxes that would run far more at once.</summary>
public abstract class LimitTests(SiloFixture silo)
{
    private readonly string queue = $"limits-{Guid.CreateVersion7():N}";
    private readonly string key = $"key-{Guid.CreateVersion7():N}";

    private ILimiterGrain Limiter => silo.Grains.GetGrain<ILimiterGrain>(QueueKey.DefaultTenant);

    private Submission Sleeper(int ms) => new() { Task = "sleeper", Queue = queue, Input = System.Text.Encoding.UTF8.GetBytes($$"""{"ms":{{ms}}}""") };

    [Fact]
    public async Task A_thousand_jobs_on_one_key_never_run_more_at_once_than_its_limit()
    {
        // From two queues, as the key is the tenant's.
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 1_000).Select(i =>
            Sleeper(2) with { Queue = i % 2 == 0 ? queue : queue + "-b", ConcurrencyKey = key, ConcurrencyLimit = 3 }));
        foreach (JobId id in ids) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
        IReadOnlyList<JobHistory> histories = await silo.HistoriesAsync(ids);
        Assert.Empty(HistoryChecker.Check(histories, new Expectations { Acknowledged = [.. ids], Concurrency = new Dictionary<string, int> { [key] = 3 } }));
        // The limit is used, too: with no two at once it would say nothing.
        Assert.NotEmpty(HistoryChecker.Check(histories, new Expectations { Concurrency = new Dictionary<string, int> { [key] = 2 } }));
    }

    [Fact]
    public async Task A_key_at_its_limit_does_not_hold_up_other_jobs()
    {
        IReadOnlyList<JobId> held = await silo.SubmitManyAsync(Enumerable.Range(0, 50).Select(_ => Sleeper(5_000) with { ConcurrencyKey = key }));
        JobView free = await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue });
        Assert.Equal(JobState.Completed, free.State);
        foreach (JobId id in held) await silo.Job(id).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await SiloFixture.UntilAsync("nothing holds the key", async () => await Limiter.GetAsync(LimitScope.Key, key) is null or { Held: 0 });
    }

    [Fact]
    public async Task A_limit_is_changed_live_and_goes_before_the_jobs_own()
    {
        await Limiter.PutAsync(new LimitRule(LimitScope.Key, key, 1, null));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 6).Select(_ => Sleeper(60_000) with { ConcurrencyKey = key, ConcurrencyLimit = 100 }));
        await SiloFixture.UntilAsync("one holds the key", async () => (await Limiter.GetAsync(LimitScope.Key, key))?.Held == 1);
        LimitView view = (await Limiter.GetAsync(LimitScope.Key, key))!;
        Assert.Contains(Assert.Single(view.Holders), ids);
        Assert.Equal([queue], view.Waiting);
        await Limiter.PutAsync(new LimitRule(LimitScope.Key, key, 4, null));
        await SiloFixture.UntilAsync("four hold the key", async () => (await Limiter.GetAsync(LimitScope.Key, key))?.Held == 4);
        foreach (JobId id in ids) await silo.Job(id).CancelAsync(QueueKey.DefaultTenant, "test", null);
        Assert.True(await Limiter.DeleteAsync(LimitScope.Key, key));
    }

    [Fact]
    public async Task A_queues_limit_holds_for_all_its_jobs()
    {
        await Limiter.PutAsync(new LimitRule(LimitScope.Queue, queue, 2, null));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 40).Select(_ => Sleeper(10)));
        foreach (JobId id in ids) await silo.EndOfAsync(id);
        IReadOnlyList<JobHistory> histories = await silo.HistoriesAsync(ids);
        Assert.InRange(LimitChecks.MostAtOnce(histories.SelectMany(h => h.Executions)), 1, 2);
        await Limiter.DeleteAsync(LimitScope.Queue, queue);
    }

    [Fact]
    public async Task A_tasks_limit_holds_over_all_its_queues_even_when_it_comes_while_jobs_run()
    {
        IReadOnlyList<JobId> before = await silo.SubmitManyAsync(Enumerable.Range(0, 2).Select(_ => new Submission { Task = "endless", Queue = queue, Input = "{}"u8.ToArray() }));
        await SiloFixture.UntilAsync("both run", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 2);
        await Limiter.PutAsync(new LimitRule(LimitScope.Task, "endless", 2, null));
        JobId third = (await silo.SubmitAsync("endless", "{}", s => s with { Queue = queue + "-b" })).Job!.Id;
        JobExplanation? why = null;
        await SiloFixture.UntilAsync("the third waits for the limit", async () => (why = await silo.Job(third).WhyAsync(QueueKey.DefaultTenant))!.Cause == WaitCause.TaskLimit);
        Assert.Equal(before.Order(), why!.Holders.Order());
        await Limiter.DeleteAsync(LimitScope.Task, "endless");
        foreach (JobId id in before.Append(third)) await CancelIfAliveAsync(id);
    }

    [Fact]
    public async Task A_rate_is_kept_in_every_window()
    {
        var rate = new RateLimit(5, TimeSpan.FromSeconds(1));
        DateTimeOffset before = silo.Time.GetUtcNow();
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 14).Select(_ => Sleeper(0) with { RateKey = key, RateLimit = rate }));
        foreach (JobId id in ids) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
        IReadOnlyList<JobHistory> histories = await silo.HistoriesAsync(ids);
        Assert.Empty(HistoryChecker.Check(histories, new Expectations { Acknowledged = [.. ids] }));
        // No start comes before its grant, however long it then takes to the sandbox: of n windows since the submit, no more than 5 n starts are seen.
        DateTimeOffset[] starts = [.. histories.SelectMany(h => h.Executions).Select(e => e.StartedAt).Order()];
        for (int i = 0; i < starts.Length; i++) Assert.True(starts[i] >= before + (rate.Window * (i / rate.Count)), $"start {i + 1} came {starts[i] - before} after the submit");
    }

    private async Task CancelIfAliveAsync(JobId id)
    {
        try
        {
            await silo.Job(id).CancelAsync(QueueKey.DefaultTenant, "test", null);
        }
        catch (IllegalTransitionException e)
        {
            Assert.True(e.State.IsTerminal());
        }
    }
}

[Collection("sqlite silo")]
public sealed class SqliteLimitTests(SqliteSilo silo) : LimitTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresLimitTests(PostgresSilo silo) : LimitTests(silo);

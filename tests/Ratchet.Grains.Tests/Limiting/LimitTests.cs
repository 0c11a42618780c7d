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

    private Submission Busy(int ms, int n) => new() { Task = "busy", Queue = queue, Input = System.Text.Encoding.UTF8.GetBytes($$"""{"ms":{{ms}},"n":{{n}}}""") };

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
    public async Task A_limit_that_was_deleted_and_that_nothing_holds_is_not_listed()
    {
        var own = new RateLimit(1, TimeSpan.FromHours(1));
        await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue, RateKey = key, RateLimit = own });
        await Limiter.PutAsync(new LimitRule(LimitScope.Key, key, null, new RateLimit(10, TimeSpan.FromSeconds(1))));
        await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue, RateKey = key, RateLimit = own });
        Assert.Contains(key, (await Limiter.ListAsync()).Select(l => l.Name));
        Assert.True(await Limiter.DeleteAsync(LimitScope.Key, key));
        silo.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(key, (await Limiter.ListAsync()).Select(l => l.Name));
        Assert.Null(await Limiter.GetAsync(LimitScope.Key, key));
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
    public async Task A_rate_is_kept_in_every_window_also_when_the_node_is_busy()
    {
        var rate = new RateLimit(5, TimeSpan.FromSeconds(1));
        // They keep the processes busy for longer than a window: what is handed out meanwhile waits within the node.
        IReadOnlyList<JobId> busy = await silo.SubmitManyAsync(Enumerable.Range(0, 6).Select(i => Busy(1_500, i)));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 14).Select(i => Busy(1, i) with { RateKey = key, RateLimit = rate }));
        foreach (JobId id in ids.Concat(busy)) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
        var rates = new Dictionary<string, (int, TimeSpan)> { [key] = (rate.Count, rate.Window) };
        IReadOnlyList<JobHistory> histories = await silo.HistoriesAsync(ids);
        Assert.Empty(HistoryChecker.Check(histories, new Expectations { Acknowledged = [.. ids], Rates = rates }));
        Assert.Equal(14, histories.SelectMany(h => h.Executions).Count());
    }

    [Fact]
    public async Task Grants_that_have_not_begun_take_their_places_until_a_window_after_they_have()
    {
        // A tenant of its own: nothing is handed out but what this test asks for.
        var asking = new QueueKey($"t{Guid.CreateVersion7():N}", "q");
        ILimiterGrain limiter = silo.Grains.GetGrain<ILimiterGrain>(asking.Tenant);
        LimitAsk[] asks = [.. Enumerable.Range(0, 6).Select(_ => new LimitAsk(JobId.New(silo.Time), new LaneKey("t", Rate: key), null, new RateLimit(3, TimeSpan.FromMinutes(1)), 0))];
        Assert.Equal("yes yes yes no no no", await AskAsync([], asks));
        // Asked again, as after an answer that was lost.
        Assert.Equal("yes yes yes", await AskAsync([], asks[..3]));

        silo.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("no", await AskAsync([], asks[3..4]));
        await limiter.StartedAsync([new LimitStart(asks[0].Job, 0)]);
        Assert.Equal("no", await AskAsync([], asks[3..4]));
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("yes no", await AskAsync([], asks[3..5]));
        // One that is over and has told of no start may have begun a moment ago.
        Assert.Equal("no", await AskAsync([asks[1].Job], asks[4..5]));
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("yes no", await AskAsync([], asks[4..6]));

        async Task<string> AskAsync(IReadOnlyList<JobId> ended, LimitAsk[] asked) =>
            string.Join(' ', (await limiter.ExchangeAsync(asking, ended, asked)).Answers.Select(a => a.Granted ? "yes" : "no"));
    }

    [Fact]
    public async Task A_queues_rate_shows_what_is_used_and_when_the_next_may_start()
    {
        await Limiter.PutAsync(new LimitRule(LimitScope.Queue, queue, null, new RateLimit(2, TimeSpan.FromHours(1))));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 4).Select(_ => Sleeper(60_000)));
        LimitView? view = null;
        await SiloFixture.UntilAsync("two run and the queue waits", async () => (view = await Limiter.GetAsync(LimitScope.Queue, queue)) is { Held: 2, Waiting.Count: 1 });
        Assert.Equal((2, queue), (view!.Started, Assert.Single(view.Waiting)));
        Assert.All(view.Holders, h => Assert.Contains(h, ids));
        Assert.InRange(view.NextStart!.Value, silo.Time.GetUtcNow().AddMinutes(58), silo.Time.GetUtcNow().AddMinutes(61));
        Assert.Contains(await Limiter.ListAsync(), v => v.Scope == LimitScope.Queue && v.Name == queue && v.Held == 2);
        foreach (JobId id in ids) await CancelIfAliveAsync(id);
        Assert.True(await Limiter.DeleteAsync(LimitScope.Queue, queue));
    }

    [Fact]
    public async Task A_rate_that_is_raised_lets_those_who_wait_go_at_once()
    {
        await Limiter.PutAsync(new LimitRule(LimitScope.Queue, queue, null, new RateLimit(1, TimeSpan.FromHours(1))));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 3).Select(_ => Sleeper(0)));
        await SiloFixture.UntilAsync("the queue waits", async () => await Limiter.GetAsync(LimitScope.Queue, queue) is { Waiting.Count: 1 });
        await Limiter.PutAsync(new LimitRule(LimitScope.Queue, queue, null, new RateLimit(5, TimeSpan.FromHours(1))));
        foreach (JobId id in ids) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
        Assert.Equal(3, (await Limiter.GetAsync(LimitScope.Queue, queue))!.Started);
        Assert.True(await Limiter.DeleteAsync(LimitScope.Queue, queue));
    }

    [Fact]
    public async Task A_queues_limit_shows_who_holds_it_and_that_the_queue_waits()
    {
        await Limiter.PutAsync(new LimitRule(LimitScope.Queue, queue, 1, null));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 2).Select(_ => Sleeper(60_000)));
        LimitView? view = null;
        await SiloFixture.UntilAsync("one runs and the queue waits", async () => (view = await Limiter.GetAsync(LimitScope.Queue, queue)) is { Held: 1, Waiting.Count: 1 });
        Assert.Contains(Assert.Single(view!.Holders), ids);
        Assert.Null(view.NextStart);
        foreach (JobId id in ids) await CancelIfAliveAsync(id);
        await SiloFixture.UntilAsync("nobody holds it", async () => await Limiter.GetAsync(LimitScope.Queue, queue) is { Held: 0, Waiting.Count: 0 });
        Assert.True(await Limiter.DeleteAsync(LimitScope.Queue, queue));
    }

    [Fact]
    public async Task Limits_that_jobs_bring_are_shown_with_their_use()
    {
        var rate = new RateLimit(2, TimeSpan.FromHours(1));
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 3).Select(_ => Sleeper(60_000) with { RateKey = key, RateLimit = rate, ConcurrencyKey = key, ConcurrencyLimit = 9 }));
        LimitView? view = null;
        await SiloFixture.UntilAsync("two run and the queue waits", async () => (view = await Limiter.GetAsync(LimitScope.Key, key)) is { Held: 2, Waiting.Count: 1 });
        Assert.Equal((null, 9, rate, 2), (view!.Rule, view.Concurrency, view.Rate, view.Started));
        Assert.True(view.NextStart > silo.Time.GetUtcNow().AddMinutes(58));
        Assert.Contains(await Limiter.ListAsync(), v => v.Scope == LimitScope.Key && v.Name == key && v.Started == 2);
        foreach (JobId id in ids) await CancelIfAliveAsync(id);
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

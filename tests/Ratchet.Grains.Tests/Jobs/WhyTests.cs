using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Workers;

namespace Ratchet.Grains.Tests.Jobs;

/// <summary>An answer to 'why is it not running?' for each thing that can be in a job's way.</summary>
public abstract class WhyTests(SiloFixture silo)
{
    private const string Sum = """{"num1":1,"num2":2}""";
    private const string Tenant = QueueKey.DefaultTenant;
    private readonly string queue = $"why-{Guid.CreateVersion7():N}";

    private ILimiterGrain Limiter => silo.Grains.GetGrain<ILimiterGrain>(Tenant);

    [Fact]
    public async Task A_job_with_a_run_at()
    {
        DateTimeOffset at = silo.Time.GetUtcNow().AddHours(1);
        JobExplanation why = await WhyAsync(WaitCause.RunAt, s => s with { RunAt = at });
        Assert.Equal(at.ToUnixTimeMilliseconds(), why.Until!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_job_that_waits_for_its_next_attempt()
    {
        JobExplanation why = await WhyAsync(WaitCause.Backoff, s => s with { Task = "slow-retry" });
        Assert.Contains("NetworkError: not yet", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_in_a_paused_queue_runs_when_it_is_resumed()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobExplanation why = await WhyAsync(WaitCause.QueuePaused, s => s);
        Assert.Contains("resume the queue", why.Text, StringComparison.Ordinal);
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(why.Job.Id)).State);
        Assert.Equal(WaitCause.Ended, (await silo.Job(why.Job.Id).WhyAsync(Tenant))!.Cause);
    }

    [Fact]
    public async Task Jobs_behind_others_know_how_many_and_how_many_by_priority()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        await silo.SubmitManyAsync(Enumerable.Range(0, 3).Select(i => Addition() with { Priority = i == 0 ? JobPriority.Urgent : JobPriority.Normal }));
        JobExplanation why = await WhyAsync(WaitCause.QueuePaused, s => s);
        Assert.Equal((3L, 1L), (why.Ahead!.Value, why.AheadByPriority!.Value));
    }

    [Fact]
    public async Task A_job_of_a_paused_task_waits_and_others_of_its_queue_do_not()
    {
        ITaskGrain task = silo.Grains.GetGrain<ITaskGrain>("default/word-count");
        await task.SetModeAsync(WorkMode.Paused);
        JobExplanation why = await WhyAsync(WaitCause.TaskPaused, s => s with { Task = "word-count", Input = """{"text":"a b"}"""u8.ToArray() });
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue })).State);
        await task.SetModeAsync(WorkMode.Active);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(why.Job.Id)).State);
    }

    [Fact]
    public async Task A_job_whose_key_is_at_its_limit_names_the_holders()
    {
        JobId holder = (await silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue, ConcurrencyKey = queue })).Job!.Id;
        await SiloFixture.UntilAsync("the first holds the key", async () => (await Limiter.GetAsync(LimitScope.Key, queue))?.Held == 1);
        JobExplanation why = await WhyAsync(WaitCause.KeyLimit, s => s with { ConcurrencyKey = queue });
        Assert.Equal((queue, holder), (why.Subject, Assert.Single(why.Holders)));
        await silo.Job(holder).CancelAsync(Tenant, "test", null);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(why.Job.Id)).State);
    }

    [Fact]
    public async Task A_job_in_a_queue_at_its_limit()
    {
        await Limiter.PutAsync(new LimitRule(LimitScope.Queue, queue, 1, null));
        JobId holder = (await silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue })).Job!.Id;
        await SiloFixture.UntilAsync("the first runs", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 1);
        Assert.Equal(holder, Assert.Single((await WhyAsync(WaitCause.QueueLimit, s => s)).Holders));
        await silo.Job(holder).CancelAsync(Tenant, "test", null);
    }

    [Fact]
    public async Task A_job_whose_rate_is_used_up_knows_until_when()
    {
        var rate = new RateLimit(1, TimeSpan.FromHours(1));
        await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue, RateKey = queue, RateLimit = rate });
        JobExplanation why = await WhyAsync(WaitCause.RateLimit, s => s with { RateKey = queue, RateLimit = rate });
        Assert.InRange(why.Until!.Value, silo.Time.GetUtcNow().AddMinutes(50), silo.Time.GetUtcNow().AddMinutes(61));
    }

    [Fact]
    public async Task A_job_whose_rate_is_used_up_is_estimated_after_those_before_it()
    {
        var rate = new RateLimit(2, TimeSpan.FromHours(1));
        for (int i = 0; i < 2; i++) await silo.RunAsync("addition", Sum, s => s with { Queue = queue, RateKey = queue, RateLimit = rate });
        await silo.SubmitManyAsync(Enumerable.Range(0, 5).Select(_ => Addition() with { RateKey = queue, RateLimit = rate }));
        JobExplanation why = await WhyAsync(WaitCause.RateLimit, s => s with { RateKey = queue, RateLimit = rate });
        // Two an hour: the five before it go in the next three hours, and it goes as the second of the third.
        Assert.Equal(5, why.Ahead);
        Assert.Contains("5 jobs of its kind go before it", why.Text, StringComparison.Ordinal);
        Assert.InRange(why.Until!.Value, silo.Time.GetUtcNow().AddMinutes(50), silo.Time.GetUtcNow().AddMinutes(61));
        Assert.InRange(why.Estimate!.Value, silo.Time.GetUtcNow().AddMinutes(170), silo.Time.GetUtcNow().AddMinutes(181));
    }

    [Fact]
    public async Task A_job_whose_key_is_at_its_limit_is_estimated_by_how_long_others_hold_it()
    {
        Submission holding = new() { Task = "sleeper", Queue = queue, Input = """{"ms":60000}"""u8.ToArray(), ConcurrencyKey = queue };
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 4).Select(_ => holding));
        await SiloFixture.UntilAsync("one holds the key", async () => (await Limiter.GetAsync(LimitScope.Key, queue))?.Held == 1);
        JobId first = (await Limiter.GetAsync(LimitScope.Key, queue))!.Holders[0];
        silo.Time.Advance(TimeSpan.FromMinutes(10));
        await silo.Job(first).CancelAsync(Tenant, "test", null);
        await SiloFixture.UntilAsync("another holds it", async () => (await Limiter.GetAsync(LimitScope.Key, queue)) is { Held: 1 } view && view.Holders[0] != first);
        JobId[] left = [.. ids.Where(id => id != first).Order()];
        JobExplanation? why = null;
        // The holder counts as one before it until its start is written.
        await SiloFixture.UntilAsync("the last waits behind one", async () => (why = await silo.Job(left[^1]).WhyAsync(Tenant)) is { Cause: WaitCause.KeyLimit, Ahead: 1 });
        // The holder has yet to go, and the one between: ten minutes each.
        Assert.InRange(why!.Estimate!.Value, silo.Time.GetUtcNow().AddMinutes(19), silo.Time.GetUtcNow().AddMinutes(22));
        foreach (JobId id in left) await silo.Job(id).CancelAsync(Tenant, "test", null);
    }

    [Fact]
    public async Task A_running_job_names_its_node()
    {
        JobExplanation why = await WhyAsync(WaitCause.Running, s => s with { Task = "sleeper", Input = """{"ms":60000}"""u8.ToArray() });
        Assert.NotNull(why.Subject);
        JobCancelled cancelled = (await silo.Job(why.Job.Id).CancelAsync(Tenant, "test", "enough"))!;
        Assert.Equal((JobState.Processing, JobState.Cancelled), (cancelled.Was, cancelled.Job.State));
        Assert.NotNull(cancelled.Interrupted);
    }

    [Fact]
    public async Task A_job_while_the_only_node_drains()
    {
        IWorkerDirectoryGrain workers = silo.Grains.GetGrain<IWorkerDirectoryGrain>(0);
        string node = (await workers.ListAsync()).Single().Name;
        await workers.SetDrainingAsync(node, true);
        JobExplanation why = await WhyAsync(WaitCause.NoNode, s => s);
        await workers.SetDrainingAsync(node, false);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(why.Job.Id)).State);
    }

    [Fact]
    public async Task A_task_that_keeps_failing_is_not_started_until_a_probe_succeeds()
    {
        foreach (int _ in Enumerable.Range(0, 4)) Assert.Equal(JobState.Failed, (await silo.RunAsync("brittle", """{"fail":true}""", s => s with { Queue = queue })).State);
        JobExplanation why = await WhyAsync(WaitCause.CircuitOpen, s => s with { Task = "brittle", Input = "{}"u8.ToArray() });
        TaskGate gate = (await silo.Grains.GetGrain<ITaskGrain>("default/brittle").GetAsync())!.Gate;
        Assert.Equal(CircuitState.Open, gate.Circuit);

        silo.Time.Advance(TimeSpan.FromSeconds(61));
        await silo.Queue(queue).NoteDueAsync(silo.Time.GetUtcNow());
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(why.Job.Id)).State);
        await SiloFixture.UntilAsync("the circuit is closed", async () => (await silo.Grains.GetGrain<ITaskGrain>("default/brittle").GetAsync())!.Gate.Circuit == CircuitState.Closed);
        Assert.Equal(JobState.Completed, (await silo.RunAsync("brittle", "{}", s => s with { Queue = queue })).State);
    }

    [Fact]
    public async Task An_unknown_job_has_no_answer() => Assert.Null(await silo.Job(JobId.New(silo.Time)).WhyAsync(Tenant));

    private Submission Addition() => new() { Task = "addition", Queue = queue, Input = """{"num1":1,"num2":2}"""u8.ToArray() };

    /// <summary>Submits a job and asks until the cause is the one that is expected.</summary>
    private async Task<JobExplanation> WhyAsync(WaitCause expected, Func<Submission, Submission> change)
    {
        JobId id = (await silo.SubmitManyAsync([change(Addition())]))[0];
        JobExplanation? why = null;
        await SiloFixture.UntilAsync($"the cause is {expected}", async () => (why = await silo.Job(id).WhyAsync(Tenant))?.Cause == expected);
        Assert.False(string.IsNullOrEmpty(why!.Text));
        return why;
    }
}

[Collection("sqlite silo")]
public sealed class SqliteWhyTests(SqliteSilo silo) : WhyTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresWhyTests(PostgresSilo silo) : WhyTests(silo);

using Microsoft.Extensions.DependencyInjection;
using Ratchet.Bulk;
using Ratchet.Grains.Bulk;
using Ratchet.Grains.Limiting;
using Ratchet.Grains.Queues;
using Ratchet.Grains.Tasks;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests;

/// <summary>What a silo says to those who collect metrics (docs/guides/metrics.md).</summary>
[Collection("sqlite silo")]
public sealed class MetricsTests(SqliteSilo silo)
{
    private readonly string queue = $"metrics-{Guid.CreateVersion7():N}";

    private string Tags => $"queue={queue} tenant={QueueKey.DefaultTenant}";

    private T Metrics<T>() where T : notnull => silo.Services.GetRequiredService<T>();

    private Submission Addition() => new() { Task = "addition", Queue = queue, Input = """{"num1":1,"num2":2}"""u8.ToArray() };

    [Fact]
    public async Task Queues_say_what_waits_runs_and_has_ended()
    {
        using var read = new MetricReader(Metrics<QueueMetrics>().Meter);
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 5).Select(_ => Addition()));
        await SiloFixture.UntilAsync("five are ready", () => Task.FromResult(read.Observe("ratchet.queue.ready", Tags) == 5));
        // The age is looked for once somebody has asked.
        read.Observe("ratchet.queue.oldest.age", Tags);
        ids = [.. ids, .. await silo.SubmitManyAsync([Addition()])];
        silo.Time.Advance(TimeSpan.FromSeconds(30));
        await SiloFixture.UntilAsync("the oldest has waited", () => Task.FromResult(read.Observe("ratchet.queue.oldest.age", Tags) is >= 30 and < 300));

        JobId running = (await silo.SubmitManyAsync([new Submission { Task = "endless", Queue = queue, Input = "{}"u8.ToArray(), Timeout = TimeSpan.FromMinutes(1) }]))[0];
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        foreach (JobId id in ids) await silo.EndOfAsync(id);
        await SiloFixture.UntilAsync("one runs", () => Task.FromResult(read.Observe("ratchet.queue.in_flight", Tags) == 1 && read.Observe("ratchet.queue.ready", Tags) == 0));
        Assert.Null(read.Observe("ratchet.queue.oldest.age", Tags));
        await silo.Job(running).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await SiloFixture.UntilAsync("all are settled", () => Task.FromResult(read.Sum("ratchet.queue.settled", Tags) >= 7 && read.Observe("ratchet.queue.in_flight", Tags) == 0));
        Assert.Equal(7, read.Sum("ratchet.queue.handouts", Tags));
    }

    [Fact]
    public async Task Limits_say_who_asked_who_was_denied_why_and_who_holds()
    {
        using var read = new MetricReader(Metrics<LimitMetrics>().Meter);
        Submission[] one = [.. Enumerable.Range(0, 2).Select(_ => new Submission { Task = "endless", Queue = queue, Input = "{}"u8.ToArray(), Timeout = TimeSpan.FromMinutes(1), ConcurrencyKey = queue })];
        Submission[] rated = [.. Enumerable.Range(0, 2).Select(_ => Addition() with { RateKey = queue, RateLimit = new RateLimit(1, TimeSpan.FromMinutes(10)) })];
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync([.. one, .. rated]);
        await SiloFixture.UntilAsync(
            "one of each is denied", () => Task.FromResult(read.Sum("ratchet.limit.denials", "cause=KEY_LIMIT") >= 1 && read.Sum("ratchet.limit.denials", "cause=RATE_LIMIT") >= 1));
        Assert.True(read.Sum("ratchet.limit.asks") >= 4);
        string tenant = $"tenant={QueueKey.DefaultTenant}";
        Assert.True(read.Observe("ratchet.limit.holders", tenant) >= 1);
        Assert.True(read.Observe("ratchet.limit.keys", tenant) >= 1);

        ILimiterGrain limiter = silo.Grains.GetGrain<ILimiterGrain>(QueueKey.DefaultTenant);
        await limiter.PutAsync(new LimitRule(LimitScope.Task, "sleeper", 1, null));
        try
        {
            IReadOnlyList<JobId> sleepers = await silo.SubmitManyAsync(Enumerable.Range(0, 2).Select(_ => new Submission { Task = "sleeper", Queue = queue, Input = """{"ms":60000}"""u8.ToArray() }));
            await SiloFixture.UntilAsync("a task's limit denies", () => Task.FromResult(read.Sum("ratchet.limit.denials", "cause=TASK_LIMIT") >= 1));
            // The first under the rate ends by itself; none of the others does.
            await silo.EndOfAsync(ids[one.Length]);
            foreach (JobId id in (JobId[])[ids[0], ids[1], ids[3], .. sleepers]) await silo.Job(id).CancelAsync(QueueKey.DefaultTenant, "test", null);
        }
        finally
        {
            // Jobs of other tests would wait under it.
            await limiter.DeleteAsync(LimitScope.Task, "sleeper");
        }

        await SiloFixture.UntilAsync("nobody holds", () => Task.FromResult(read.Observe("ratchet.limit.holders", tenant) == 0));
    }

    [Fact]
    public async Task Circuit_breakers_say_when_they_open_and_close()
    {
        ITaskGrain task = silo.Grains.GetGrain<ITaskGrain>("default/brittle");
        // Other tests of this silo may have left it open.
        silo.Time.Advance(TimeSpan.FromSeconds(61));
        await task.NoteOutcomesAsync(1, 0);
        using var read = new MetricReader(Metrics<CircuitMetrics>().Meter);
        Assert.Equal((0, 0), (read.Observe("ratchet.circuit.open", "state=OPEN"), read.Observe("ratchet.circuit.open", "state=HALF_OPEN")));
        await task.NoteOutcomesAsync(0, 4);
        await SiloFixture.UntilAsync("it is open", () => Task.FromResult(read.Sum("ratchet.circuit.changes", "task=brittle state=OPEN") == 1));
        Assert.Equal(1, read.Observe("ratchet.circuit.open", "state=OPEN"));
        silo.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((0, 1), (read.Observe("ratchet.circuit.open", "state=OPEN"), read.Observe("ratchet.circuit.open", "state=HALF_OPEN")));
        await task.NoteOutcomesAsync(1, 0);
        await SiloFixture.UntilAsync("it is closed", () => Task.FromResult(read.Sum("ratchet.circuit.changes", "task=brittle state=CLOSED") == 1));
        Assert.Equal(0, read.Observe("ratchet.circuit.open", "state=HALF_OPEN"));
    }

    [Fact]
    public async Task Bulk_operations_say_how_many_run_and_what_they_came_to()
    {
        BulkMetrics metrics = Metrics<BulkMetrics>();
        using var read = new MetricReader(metrics.Meter);
        var under = Guid.CreateVersion7();
        metrics.Began(under);
        Assert.Equal(1, read.Observe("ratchet.bulk.running"));
        metrics.Over(under);

        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        await silo.SubmitManyAsync(Enumerable.Range(0, 3).Select(_ => Addition()));
        await silo.Grains.GetGrain<IBulkGrain>(Guid.CreateVersion7()).StartAsync(
            QueueKey.DefaultTenant, new BulkRequest(BulkAction.Cancel, new JobFilter { Queue = queue }, null, null, "ops", null));
        await SiloFixture.UntilAsync("it is over", () => Task.FromResult(read.Sum("ratchet.bulk.jobs", "action=CANCEL outcome=CHANGED") > 0 && read.Observe("ratchet.bulk.running") == 0));
        Assert.Equal((3, 0), (read.Sum("ratchet.bulk.jobs", "action=CANCEL outcome=CHANGED"), read.Sum("ratchet.bulk.jobs", "action=CANCEL outcome=SKIPPED")));
    }
}

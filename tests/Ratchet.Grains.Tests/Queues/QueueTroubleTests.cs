using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Workers;

namespace Ratchet.Grains.Tests.Queues;

/// <summary>A queue outlives what nobody has foreseen, and what happens while it asks nodes what they run.</summary>
public abstract class QueueTroubleTests(SiloFixture silo)
{
    private const string Sum = """{"num1":1,"num2":2}""";
    private readonly string queue = $"trouble-{Guid.CreateVersion7():N}";

    [Theory]
    [InlineData(nameof(IJobStore.ReadLanesAsync))]
    [InlineData(nameof(IJobStore.ReadReadyAsync))]
    [InlineData(nameof(IJobStore.ReleaseLostAsync))]
    public async Task A_queue_whose_refill_or_recovery_fails_in_a_way_that_nobody_has_foreseen_goes_on(string method)
    {
        silo.Faults.FailOnce(method, queue, new InvalidCastException("a defect"));
        JobView job = await silo.RunAsync("addition", Sum, s => s with { Queue = queue });
        Assert.Equal(JobState.Completed, job.State);
        Assert.True(silo.Faults.HasThrown(queue));
        Assert.Contains(silo.Errors.Lines, l => l.Contains(queue, StringComparison.Ordinal) && l.Contains(nameof(InvalidCastException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queue_whose_due_index_fails_in_a_way_that_nobody_has_foreseen_goes_on()
    {
        // The queue is up, so that nothing but the due index brings the job.
        await silo.RunAsync("addition", Sum, s => s with { Queue = queue });
        silo.Faults.FailOnce(nameof(IJobStore.PromoteDueAsync), queue, new InvalidCastException("a defect"));
        JobView job = await silo.RunAsync("addition", Sum, s => s with { Queue = queue, RunAt = silo.Time.GetUtcNow().AddMilliseconds(300) });
        Assert.Equal(JobState.Completed, job.State);
        Assert.True(silo.Faults.HasThrown(queue));
        Assert.Contains(silo.Errors.Lines, l => l.Contains(queue, StringComparison.Ordinal) && l.Contains(nameof(InvalidCastException), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(ITaskGrain.SubscribeAsync))]
    [InlineData(nameof(IWorkerNodeGrain.RunAsync))]
    [InlineData(nameof(ILimiterGrain.ExchangeAsync))]
    public async Task A_queue_whose_call_is_answered_with_an_error_that_nobody_has_foreseen_goes_on(string method)
    {
        var key = new QueueKey(QueueKey.DefaultTenant, queue);
        CallGates.Fault fault = silo.Gates.Fail(method, args => args[0] is QueueKey asking && asking == key, new InvalidCastException("a defect"));
        JobView job = await silo.RunAsync("addition", Sum, s => s with { Queue = queue, ConcurrencyKey = queue });
        await fault.Happened;
        Assert.Equal((JobState.Completed, 1), (job.State, job.Attempts));
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", Sum, s => s with { Queue = queue, ConcurrencyKey = queue })).State);
    }

    [Fact]
    public async Task An_end_that_the_queue_was_not_told_of_gives_its_place_back_with_the_watchdog()
    {
        JobId running = (await silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue })).Job!.Id;
        await SiloFixture.UntilAsync("it runs", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 1);
        CallGates.Fault lost = silo.Gates.Lose(nameof(IQueueGrain.SettledAsync), args => args[0] is SettledBatch batch && batch.Jobs.Any(j => j.Id == running));
        await silo.Job(running).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await lost.Happened;
        Assert.Equal(1, (await silo.Queue(queue).StatsAsync()).InFlight);
        await silo.Queue(queue).AsReference<IRemindable>().ReceiveReminder("watchdog", default);
        Assert.Equal(0, (await silo.Queue(queue).StatsAsync()).InFlight);
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", Sum, s => s with { Queue = queue })).State);
    }

    [Fact]
    public async Task A_node_that_answers_late_is_met_by_that_answer_and_not_asked_again()
    {
        await silo.RunAsync("addition", Sum, s => s with { Queue = queue });
        bool IsOurs(object?[] args) => args[0] is QueueKey asking && asking == new QueueKey(QueueKey.DefaultTenant, queue);
        CallGates.Gate late = silo.Gates.Next(nameof(IWorkerNodeGrain.AttachAsync), IsOurs);
        Task recovery = silo.Queue(queue).AsReference<IRemindable>().ReceiveReminder("watchdog", default);
        await late.Reached;
        CallGates.Gate again = silo.Gates.Next(nameof(IWorkerNodeGrain.AttachAsync), IsOurs);
        // It ends without the answer.
        await recovery;
        JobId job = (await silo.SubmitAsync("addition", Sum, s => s with { Queue = queue })).Job!.Id;
        late.Open();
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(job)).State);
        Assert.False(again.IsReached);
        again.Open();
    }

    [Fact]
    public async Task A_queue_with_a_defect_starts_anew_and_knows_what_runs_and_what_has_ended()
    {
        JobId[] running = [.. (await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue })))).Select(r => r.Job!.Id)];
        await SiloFixture.UntilAsync("both run", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 2);
        CallGates.Fault lost = silo.Gates.Lose(nameof(IQueueGrain.SettledAsync), args => args[0] is SettledBatch batch && batch.Jobs.Any(j => j.Id == running[0]));
        await silo.Job(running[0]).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await lost.Happened;

        // Such a call is made by nobody: it stands for any that a defect ends.
        await silo.Queue(queue).SettledAsync(new SettledBatch("none", null!, 0));
        await SiloFixture.UntilAsync("it knows that one runs", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 1);
        Assert.Contains(silo.Errors.Lines, l => l.Contains(queue, StringComparison.Ordinal) && l.Contains(nameof(NullReferenceException), StringComparison.Ordinal));
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", Sum, s => s with { Queue = queue })).State);
        await silo.Job(running[1]).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await SiloFixture.UntilAsync("nothing runs", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 0);
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_error_of_the_queue()
    {
        silo.Faults.FailOnce(nameof(IJobStore.ReadReadyAsync), queue, new StoreUnavailableException("away", new IOException()));
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", Sum, s => s with { Queue = queue })).State);
        Assert.True(silo.Faults.HasThrown(queue));
        Assert.DoesNotContain(silo.Errors.Lines, l => l.Contains(queue, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_granted_to_a_queue_that_was_paused_meanwhile_is_given_back()
    {
        var key = new QueueKey(QueueKey.DefaultTenant, queue);
        ILimiterGrain limiter = silo.Grains.GetGrain<ILimiterGrain>(key.Tenant);
        CallGates.Gate grant = silo.Gates.Next(nameof(ILimiterGrain.ExchangeAsync), args => args is [QueueKey asking, _, IReadOnlyList<LimitAsk> { Count: 1 }] && asking == key);
        JobId id = (await silo.SubmitAsync("addition", Sum, s => s with { Queue = queue, ConcurrencyKey = queue })).Job!.Id;
        await grant.Reached;
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        grant.Open();
        await SiloFixture.UntilAsync("nobody holds the key", async () => await limiter.GetAsync(LimitScope.Key, queue) is null);
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
    }

    [Fact]
    public async Task A_job_that_ends_while_its_node_answers_what_it_runs_is_not_brought_back()
    {
        var key = new QueueKey(QueueKey.DefaultTenant, queue);
        JobId running = (await silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue })).Job!.Id;
        await SiloFixture.UntilAsync("it runs", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 1);
        WorkerNodeView node = Assert.Single(await silo.Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync());

        // Another owner has come to the node: the queue's next hand-out is refused, and it asks anew what runs there.
        await silo.Grains.GetGrain<IWorkerNodeGrain>(node.Name).AttachAsync(key, Guid.CreateVersion7());
        CallGates.Gate answer = silo.Gates.Next(nameof(IWorkerNodeGrain.AttachAsync), args => args[0] is QueueKey asking && asking == key);
        CallGates.Gate end = silo.Gates.Next(nameof(IQueueGrain.SettledAsync), args => args[0] is SettledBatch batch && batch.Jobs.Any(j => j.Id == running));
        JobId next = (await silo.SubmitAsync("addition", Sum, s => s with { Queue = queue })).Job!.Id;
        await answer.Reached;

        // The answer says that it runs; before the queue hears it, it hears of the end.
        await silo.Job(running).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await end.Reached;
        end.Open();
        answer.Open();
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(next)).State);
        await SiloFixture.UntilAsync("nothing is out any more", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 0);
    }
}

[Collection("sqlite silo")]
public sealed class SqliteQueueTroubleTests(SqliteSilo silo) : QueueTroubleTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresQueueTroubleTests(PostgresSilo silo) : QueueTroubleTests(silo);

using System.Collections.Concurrent;
using System.Threading.Channels;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests.Journal;

/// <summary>A store around another one that tells the test of each set, lets it hold the set back, and fails as it is told.</summary>
internal sealed class ScriptedStore(IJobStore inner) : IJobStore
{
    private readonly Channel<JobWrites> sets = Channel.CreateUnbounded<JobWrites>();

    /// <summary>Called before each set is written; may wait or throw.</summary>
    public Func<JobWrites, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after each set is committed; may throw, which makes the outcome unknown to the caller.</summary>
    public Func<JobWrites, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Copies of the sets that reached the store so far.</summary>
    public ConcurrentQueue<JobWrites> Sets { get; } = new();

    public static StoreUnavailableException Away() => new("The store is away.", new IOException());

    /// <summary>A copy of the next set that reaches the store.</summary>
    /// <exception cref="TimeoutException">No set came in 30 s of real time.</exception>
    public Task<JobWrites> NextSetAsync() => sets.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => inner.RecordCancelledAsync(end, cancel);

    public async Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel)
    {
        // The journal uses its lists again for the next set.
        var copy = new JobWrites { Inserts = [.. writes.Inserts], Starts = [.. writes.Starts], Ends = [.. writes.Ends], Moves = [.. writes.Moves] };
        Sets.Enqueue(copy);
        sets.Writer.TryWrite(copy);
        await Before(writes);
        JobWriteOutcomes outcomes = await inner.WriteAsync(writes, cancel);
        await After(writes);
        return outcomes;
    }

    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => inner.GetAsync(tenant, id, cancel);
    public Task<JobView?> GetWholeAsync(string tenant, JobId id, CancellationToken cancel) => inner.GetWholeAsync(tenant, id, cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel) => inner.GetExecutionsAsync(tenant, id, cancel);
    public Task<IReadOnlyList<string>> ReadLanesAsync(QueueKey queue, string after, int limit, CancellationToken cancel) => inner.ReadLanesAsync(queue, after, limit, cancel);
    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, IReadOnlyList<LaneRead> lanes, CancellationToken cancel) => inner.ReadReadyAsync(queue, lanes, cancel);
    public Task<IReadOnlyList<JobToken>> ReadExpiredAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => inner.ReadExpiredAsync(queue, now, limit, cancel);
    public Task<EscalatedJobs> EscalateDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => inner.EscalateDueAsync(queue, now, limit, cancel);
    public Task<IReadOnlyList<ReprioritisedJob>> ReprioritiseAsync(string tenant, IReadOnlyList<JobId> ids, JobPriority priority, DateTimeOffset now, string actor, CancellationToken cancel) =>
        inner.ReprioritiseAsync(tenant, ids, priority, now, actor, cancel);
    public Task<(long Ahead, long ByPriority)> AheadAsync(QueueKey queue, ReadyJob job, int most, CancellationToken cancel) => inner.AheadAsync(queue, job, most, cancel);
    public Task<IReadOnlyList<JobId>> DeleteAsync(string tenant, IReadOnlyList<JobId> ids, DateTimeOffset now, string actor, CancellationToken cancel) =>
        inner.DeleteAsync(tenant, ids, now, actor, cancel);
    public Task<IReadOnlyList<PickedJob>> PickAsync(string tenant, PickQuery query, JobId after, int limit, CancellationToken cancel) => inner.PickAsync(tenant, query, after, limit, cancel);
    public Task<long> CountPickedAsync(string tenant, PickQuery query, CancellationToken cancel) => inner.CountPickedAsync(tenant, query, cancel);
    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string tenant, JobId id, CancellationToken cancel) => inner.ReadEventsAsync(tenant, id, cancel);
    public Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel) => inner.ReadReadyAsync(tenant, id, cancel);
    public Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel) => inner.ReadInputsAsync(ids, cancel);
    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => inner.PromoteDueAsync(queue, now, limit, cancel);
    public Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) => inner.NextDueAsync(queue, cancel);
    public Task<int> ReleaseLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, DateTimeOffset now, int limit, CancellationToken cancel) =>
        inner.ReleaseLostAsync(queue, liveNodes, now, limit, cancel);
    public Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel) => inner.ExecutionExistsAsync(job, execution, cancel);
    public Task<IReadOnlyList<QueueKey>> ListActiveQueuesAsync(CancellationToken cancel) => inner.ListActiveQueuesAsync(cancel);
    public Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel) => inner.CountByStateAsync(queue, cancel);
}

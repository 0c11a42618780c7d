using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Storage.Jobs;

/// <summary>Jobs, of whichever database its parts are for.</summary>
internal sealed class JobStore(IJobWriter writer, IJobReader reader, IQueueReader queues, IQueueWriter waiting, TimeProvider time) : IJobStore
{
    public Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel) => writer.WriteAsync(writes, cancel);

    public Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => writer.RecordCancelledAsync(end, cancel);

    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => reader.GetAsync(tenant, id, cancel);

    public Task<JobView?> GetWholeAsync(string tenant, JobId id, CancellationToken cancel) => reader.GetWholeAsync(tenant, id, cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel) =>
        reader.GetExecutionsAsync(tenant, id, cancel);

    public Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel) => reader.ReadInputsAsync(ids, cancel);

    public Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel) => reader.ExecutionExistsAsync(job, execution, cancel);

    public Task<(long Ahead, long ByPriority)> AheadAsync(QueueKey queue, ReadyJob job, int most, CancellationToken cancel) => reader.AheadAsync(queue, job, most, cancel);

    public Task<IReadOnlyList<JobId>> DeleteAsync(string tenant, IReadOnlyList<JobId> ids, DateTimeOffset now, string actor, CancellationToken cancel) =>
        waiting.DeleteAsync(tenant, ids, now, actor, cancel);

    public Task<IReadOnlyList<PickedJob>> PickAsync(string tenant, PickQuery query, JobId after, int limit, CancellationToken cancel) =>
        reader.PickAsync(tenant, query, after, limit, cancel);

    public Task<long> CountPickedAsync(string tenant, PickQuery query, CancellationToken cancel) => reader.CountPickedAsync(tenant, query, cancel);

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string tenant, JobId id, CancellationToken cancel) => reader.ReadEventsAsync(tenant, id, cancel);

    public Task<IReadOnlyList<string>> ReadLanesAsync(QueueKey queue, string after, int limit, CancellationToken cancel) =>
        queues.ReadLanesAsync(queue, after, limit, cancel);

    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, IReadOnlyList<LaneRead> lanes, CancellationToken cancel) =>
        queues.ReadReadyAsync(queue, lanes, cancel);

    public Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel) => queues.ReadReadyAsync(tenant, id, cancel);

    public Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) => queues.NextDueAsync(queue, cancel);

    public Task<IReadOnlyList<JobToken>> ReadExpiredAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) =>
        queues.ReadExpiredAsync(queue, now, limit, cancel);

    public async Task<int> ReleaseLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, DateTimeOffset now, int limit, CancellationToken cancel)
    {
        IReadOnlyList<LostJob> lost = await queues.ReadLostAsync(queue, liveNodes, limit, cancel);
        if (lost.Count == 0) return 0;
        // Between the reading and this write an attempt may end after all: its fence decides.
        JobWriteOutcomes written = await writer.WriteAsync(new JobWrites { Ends = [.. lost.Select(l => l.Release(now, time))] }, cancel);
        return written.Ends.Count(accepted => accepted);
    }

    public Task<IReadOnlyList<QueueKey>> ListActiveQueuesAsync(CancellationToken cancel) => queues.ListActiveAsync(cancel);

    public Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel) => queues.CountByStateAsync(queue, cancel);

    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) =>
        waiting.PromoteDueAsync(queue, now, limit, cancel);

    public Task<EscalatedJobs> EscalateDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) =>
        waiting.EscalateDueAsync(queue, now, limit, cancel);

    public Task<IReadOnlyList<ReprioritisedJob>> ReprioritiseAsync(
        string tenant, IReadOnlyList<JobId> ids, JobPriority priority, DateTimeOffset now, string actor, CancellationToken cancel) =>
        waiting.ReprioritiseAsync(tenant, ids, priority, now, actor, cancel);
}

using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Storage.Jobs;

/// <summary>The parts that each database brings to <see cref="JobStore"/>. What they do is said at <see cref="IJobStore"/>.</summary>
internal interface IJobWriter
{
    Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel);

    Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel);
}

/// <inheritdoc cref="IJobWriter"/>
internal interface IJobReader
{
    Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>The job with its executions.</summary>
    Task<JobView?> GetWholeAsync(string tenant, JobId id, CancellationToken cancel);

    Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel);

    Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel);

    Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel);

    Task<(long Ahead, long ByPriority)> AheadAsync(QueueKey queue, ReadyJob job, int most, CancellationToken cancel);

    Task<IReadOnlyList<PickedJob>> PickAsync(string tenant, PickQuery query, JobId after, int limit, CancellationToken cancel);

    Task<long> CountPickedAsync(string tenant, PickQuery query, CancellationToken cancel);

    Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string tenant, JobId id, CancellationToken cancel);
}

/// <inheritdoc cref="IJobWriter"/>
internal interface IQueueReader
{
    Task<IReadOnlyList<string>> ReadLanesAsync(QueueKey queue, string after, int limit, CancellationToken cancel);

    Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, IReadOnlyList<LaneRead> lanes, CancellationToken cancel);

    Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel);

    Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel);

    Task<IReadOnlyList<JobToken>> ReadExpiredAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    Task<IReadOnlyList<LostJob>> ReadLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, int limit, CancellationToken cancel);

    Task<IReadOnlyList<QueueKey>> ListActiveAsync(CancellationToken cancel);

    Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel);
}

/// <summary>Changes of waiting jobs that a queue makes in sets, by what the rows say. See <see cref="IJobWriter"/>.</summary>
internal interface IQueueWriter
{
    Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    Task<EscalatedJobs> EscalateDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    Task<IReadOnlyList<ReprioritisedJob>> ReprioritiseAsync(string tenant, IReadOnlyList<JobId> ids, JobPriority priority, DateTimeOffset now, string actor, CancellationToken cancel);

    Task<IReadOnlyList<JobId>> DeleteAsync(string tenant, IReadOnlyList<JobId> ids, DateTimeOffset now, string actor, CancellationToken cancel);
}

using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Storage.Jobs;

/// <summary>
/// Jobs and their executions as rows. Writes come in sets: the journal gathers what is waiting and commits it in one transaction.
/// Every write is fenced (see <see cref="AttemptEnd.Fence"/>) and may be repeated without harm.
/// </summary>
public interface IJobStore
{
    /// <summary>Writes a set in one transaction. When this throws <see cref="StoreUnavailableException"/> the outcome is unknown and the same set may be given again.</summary>
    Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel);

    Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>The job with its executions.</summary>
    Task<JobView?> GetWholeAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>The attempts at a job, oldest first, logs included.</summary>
    Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>The lanes of a queue, behind <paramref name="after"/> by the bytes of their names, that have QUEUED jobs; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<string>> ReadLanesAsync(QueueKey queue, string after, int limit, CancellationToken cancel);

    /// <summary>
    /// The best QUEUED jobs of some lanes of a queue, by rank, then id; each lane's follow one another. Inputs over
    /// <see cref="Limits.InlineInputBytes"/> are left out (<see cref="ReadyJob.Input"/> null).
    /// </summary>
    Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, IReadOnlyList<LaneRead> lanes, CancellationToken cancel);

    /// <summary>One job as the queue needs it, or null when it is not QUEUED.</summary>
    Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>Inputs by job, for those that did not travel inline.</summary>
    Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel);

    /// <summary>
    /// Moves at most <paramref name="limit"/> SCHEDULED and RETRYING jobs that are due to QUEUED and returns them, ready since their due time;
    /// inputs over <see cref="Limits.InlineInputBytes"/> are left out.
    /// </summary>
    Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Waiting jobs whose deadline has passed, with their tokens; earliest first. The queue knows which of them have started after all.</summary>
    Task<IReadOnlyList<JobToken>> ReadExpiredAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Raises the priority of at most <paramref name="limit"/> waiting jobs whose time of escalation has come; returns those that are QUEUED, as they are now.</summary>
    Task<EscalatedJobs> EscalateDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Gives waiting jobs another priority. Returns those that changed.</summary>
    Task<IReadOnlyList<ReprioritisedJob>> ReprioritiseAsync(string tenant, IReadOnlyList<JobId> ids, JobPriority priority, DateTimeOffset now, string actor, CancellationToken cancel);

    /// <summary>How many ready jobs of its lane go before a ready job, and how many of them by a higher priority; both counted up to <paramref name="most"/>.</summary>
    Task<(long Ahead, long ByPriority)> AheadAsync(QueueKey queue, ReadyJob job, int most, CancellationToken cancel);

    /// <summary>Deletes those of the jobs that are at an end, with their attempts; their events stay. Returns which were deleted.</summary>
    Task<IReadOnlyList<JobId>> DeleteAsync(string tenant, IReadOnlyList<JobId> ids, DateTimeOffset now, string actor, CancellationToken cancel);

    /// <summary>Adds the execution of an attempt at which its job was cancelled; true when it is there, false when the job's row says otherwise.</summary>
    Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel);

    /// <summary>The next jobs, by id, that a filter picks.</summary>
    Task<IReadOnlyList<PickedJob>> PickAsync(string tenant, PickQuery query, JobId after, int limit, CancellationToken cancel);

    Task<long> CountPickedAsync(string tenant, PickQuery query, CancellationToken cancel);

    /// <summary>The transitions of one job, oldest first.</summary>
    Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>The earliest time at which a job of the queue becomes ready, expires or escalates; null when nothing waits for any.</summary>
    Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel);

    /// <summary>
    /// Takes back at most <paramref name="limit"/> PROCESSING jobs whose node is not among <paramref name="liveNodes"/>: a LOST execution with a
    /// WorkerLost failure is recorded, the fence advances, and the job is QUEUED again. Attempts and lost workers are not counted: the node died, not the job's process.
    /// Returns how many it took back.
    /// </summary>
    Task<int> ReleaseLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Whether an execution of a job was accepted; answers for an end whose first write's outcome is unknown.</summary>
    Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel);

    /// <summary>Every queue that has, or may have, work that is not finished.</summary>
    Task<IReadOnlyList<QueueKey>> ListActiveQueuesAsync(CancellationToken cancel);

    /// <summary>Jobs of a queue by state, for views and health.</summary>
    Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel);
}

/// <summary>How many of a lane's jobs to read, and from which place on, itself included; by default from the first.</summary>
public readonly record struct LaneRead(string Lane, int Want, DateTimeOffset Rank = default, JobId Id = default);

/// <summary>A job and the token of its row when it was read.</summary>
public readonly record struct JobToken(JobId Id, long Fence);

/// <param name="Count">How many were raised, QUEUED or not.</param>
public sealed record EscalatedJobs(int Count, IReadOnlyList<ReadyJob> Ready);

/// <param name="Ready">Set when it is QUEUED.</param>
public sealed record ReprioritisedJob(JobId Id, string Queue, ReadyJob? Ready);

/// <summary>What a bulk operation picks. All given conditions hold.</summary>
public sealed record PickQuery(IReadOnlyList<JobState> States, string? Task, string? Queue, DateTimeOffset CreatedBefore);

/// <param name="Unique">It was submitted with a unique key.</param>
public readonly record struct PickedJob(JobId Id, JobState State, string Queue, bool Unique, string Task, string TaskVersion);

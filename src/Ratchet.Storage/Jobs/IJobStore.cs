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

    /// <summary>The attempts at a job, oldest first, logs included.</summary>
    Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>Newest first, without payloads.</summary>
    Task<IReadOnlyList<JobView>> ListAsync(string tenant, JobListQuery query, CancellationToken cancel);

    Task<long> CountAsync(string tenant, JobListQuery query, CancellationToken cancel);

    /// <summary>
    /// The best QUEUED jobs of a queue: highest priority first, then oldest ready time, then id. Inputs over
    /// <see cref="Limits.InlineInputBytes"/> are left out (<see cref="ReadyJob.Input"/> null).
    /// </summary>
    Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, int limit, CancellationToken cancel);

    /// <summary>One job as the queue needs it, or null when it is not QUEUED.</summary>
    Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel);

    /// <summary>Inputs by job, for those that did not travel inline.</summary>
    Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel);

    /// <summary>
    /// Moves at most <paramref name="limit"/> SCHEDULED and RETRYING jobs that are due to QUEUED and returns them, ready since their due time;
    /// inputs over <see cref="Limits.InlineInputBytes"/> are left out.
    /// </summary>
    Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>The earliest due time in a queue, or null when nothing waits.</summary>
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

/// <summary>What a list of jobs may be narrowed by. All given conditions hold.</summary>
/// <param name="States">Any of these; empty means all.</param>
/// <param name="Before">Keyset cursor: only jobs with a smaller id (ids sort by age).</param>
/// <param name="Offset">Rows to leave out; for page numbers, at most 100,000.</param>
public sealed record JobListQuery(
    IReadOnlyList<JobState> States,
    string? Task = null,
    string? Queue = null,
    JobId? Before = null,
    int Offset = 0,
    int Limit = 50);

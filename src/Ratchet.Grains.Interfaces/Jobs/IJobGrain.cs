using Ratchet.Queues;

namespace Ratchet.Jobs;

/// <summary>
/// One job's state machine, for all that is not the plain way from queue to completion: failures and retries, waits, and whoever waits for its end.
/// A job that completes at once never activates its grain (docs/adr/0002). Key: the job's id.
/// </summary>
[Alias("ratchet.IJobGrain")]
public interface IJobGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Waits until the job is at an end, for at most <paramref name="patience"/> (bounded by 20 s a call, so that no call outlives Orleans' response time-out).
    /// Returns the job with its executions at the end or when patience is over; null when the tenant has no such job.
    /// </summary>
    /// <param name="told">The job was submitted as watched, so that whoever ends it calls <see cref="EndedAsync"/> unasked.</param>
    [Alias("wait"), Orleans.Concurrency.AlwaysInterleave]
    Task<JobView?> WaitAsync(string tenant, bool told, TimeSpan patience, CancellationToken cancel = default);

    /// <summary>An attempt failed: decides by the task's policy what follows, writes it, and arms the job's own reminder for waits of a minute and more. Idempotent by execution id.</summary>
    [Alias("attempt-failed")]
    Task<AttemptVerdict> AttemptFailedAsync(FailedAttempt attempt);

    /// <summary>
    /// Cancels the job wherever it stands: a waiting one never runs, a running one is interrupted and its result refused. Says what it did.
    /// </summary>
    /// <returns>Null when the tenant has no such job.</returns>
    /// <exception cref="IllegalTransitionException">The job is at an end already.</exception>
    [Alias("cancel")]
    Task<JobCancelled?> CancelAsync(string tenant, string actor, string? reason);

    /// <summary>
    /// Sends a job that did not complete back to its queue with all its attempts, or lets one that waits for its backoff or run-at go now.
    /// With an <paramref name="idempotencyKey"/> it is done once within 24 h, however often it is asked for.
    /// </summary>
    /// <returns>The job as it is now; null when the tenant has no such job.</returns>
    /// <exception cref="IllegalTransitionException">It is QUEUED, PROCESSING or COMPLETED.</exception>
    /// <exception cref="UniqueKeyHeldException">Another job holds the unique key that it was submitted with.</exception>
    [Alias("redrive")]
    Task<JobView?> RedriveAsync(string tenant, string actor, string? idempotencyKey);

    /// <summary>Gives a waiting job another priority.</summary>
    /// <returns>The job as it is now; null when the tenant has no such job.</returns>
    /// <exception cref="IllegalTransitionException">It runs, or is at an end.</exception>
    [Alias("reprioritise")]
    Task<JobView?> ReprioritiseAsync(string tenant, JobPriority priority, string actor);

    /// <summary>Deletes a job that is at an end, with its attempts and its history.</summary>
    /// <returns>False when the tenant has no such job (any more).</returns>
    /// <exception cref="IllegalTransitionException">It is not at an end.</exception>
    [Alias("delete")]
    Task<bool> DeleteAsync(string tenant, string actor);

    /// <summary>Why the job does not run, or what it does; null when the tenant has no such job.</summary>
    [Alias("why"), Orleans.Concurrency.AlwaysInterleave]
    Task<JobExplanation?> WhyAsync(string tenant);

    /// <summary>
    /// What the job's executions say: what was stored, then what the running one says while it does, on to the job's end. A part without lines comes at least every 10 s. A reader
    /// that is slow holds up nothing and costs nothing: its place is in a log that is bounded. Whoever is cut off goes on from the last part's <see cref="JobLogPart.End"/>.
    /// </summary>
    /// <param name="after">The place behind which to begin; the default: from the beginning.</param>
    /// <returns>Nothing when the tenant has no such job.</returns>
    [Alias("follow-log")]
    IAsyncEnumerable<JobLogPart> FollowLogAsync(string tenant, LogPlace after, CancellationToken cancel = default);

    /// <summary>The job is at an end that somebody else has written; wakes those who wait.</summary>
    [Alias("ended"), Orleans.Concurrency.AlwaysInterleave, Orleans.Concurrency.OneWay]
    Task EndedAsync();
}

/// <summary>An attempt that ended without an output.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.failed-attempt")]
public sealed record FailedAttempt
{
    [Id(0)] public required QueueKey Queue { get; init; }
    [Id(1)] public required ReadyJob Job { get; init; }
    [Id(2)] public required Guid Execution { get; init; }
    [Id(3)] public required Failure Failure { get; init; }
    [Id(4)] public required string Node { get; init; }
    [Id(5)] public required DateTimeOffset StartedAt { get; init; }
    [Id(6)] public required DateTimeOffset FinishedAt { get; init; }
    [Id(7)] public IReadOnlyList<LogEntry> Log { get; init; } = [];
}

/// <summary>What a cancel did.</summary>
/// <param name="Was">The state that the job was in.</param>
/// <param name="Interrupted">The node whose running attempt was interrupted; null when none ran.</param>
[GenerateSerializer, Immutable, Alias("ratchet.job-cancelled")]
public sealed record JobCancelled([property: Id(0)] JobView Job, [property: Id(1)] JobState Was, [property: Id(2)] string? Interrupted);

/// <summary>What follows a failed attempt.</summary>
/// <param name="Accepted">False when the attempt's token was not valid any more; nothing was written.</param>
/// <param name="State">The job's state now, when accepted.</param>
/// <param name="DueAt">When the next attempt is due, for RETRYING.</param>
/// <param name="Requeue">The job as the queue is to hand it out again, for QUEUED (a lost worker).</param>
[GenerateSerializer, Immutable, Alias("ratchet.attempt-verdict")]
public sealed record AttemptVerdict(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] JobState State,
    [property: Id(2)] DateTimeOffset? DueAt,
    [property: Id(3)] ReadyJob? Requeue);

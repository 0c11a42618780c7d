using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Storage.Jobs;

/// <summary>Writes that look at another job first. One transaction each; rare, so not part of the journal's sets.</summary>
public interface IUniqueStore
{
    /// <summary>
    /// Inserts the job, unless another one holds the key. Where that one is the answer (<see cref="UniqueConflict.Existing"/>), the newcomer's idempotency key stands for it
    /// from now on: a repeat gets the same answer, whatever has become of the holder.
    /// </summary>
    Task<UniqueOutcome> InsertUniqueAsync(NewJob job, UniqueRule rule, CancellationToken cancel);

    /// <summary>
    /// Inserts the job, due after the delay; or, while one of the same task with the key is SCHEDULED, makes that one into this: its version, input, queue, order, keys, times and
    /// policies. Id, creation and attempts stay, and this one's idempotency key stands for it.
    /// </summary>
    Task<UniqueOutcome> InsertDebouncedAsync(NewJob job, DebounceRule rule, CancellationToken cancel);

    /// <summary>The jobs that have these idempotency keys and are within their window at <paramref name="now"/>; a key that no job has is left out.</summary>
    Task<IReadOnlyDictionary<string, KeyHolder>> FindHoldersAsync(string tenant, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Moves a job. One that is brought back from its end needs its unique key again, which another job may have by now.</summary>
    /// <param name="once">The move is made once within the key's window, however often it is asked for; null: as often as it is possible.</param>
    Task<KeyedMove> MoveAsync(string tenant, JobMove move, IdempotentMove? once, CancellationToken cancel);
}

/// <param name="Job">It may have been deleted since.</param>
/// <param name="Fingerprint">What the key stands for.</param>
public sealed record KeyHolder(JobId Job, string? Fingerprint);

/// <param name="Fingerprint">What the key stands for.</param>
public sealed record IdempotentMove(string Key, string Fingerprint);

/// <param name="UniqueKey">The job's unique key, when another job holds it.</param>
/// <param name="Holder">The other job.</param>
public sealed record KeyedMove(MoveOutcome Outcome, string? UniqueKey = null, JobId? Holder = null);

public enum MoveOutcome
{
    /// <summary>The job was moved.</summary>
    Moved = 0,
    /// <summary>It was moved before, with this idempotency key.</summary>
    Before = 1,
    /// <summary>The idempotency key stands for something else.</summary>
    Conflict = 2,
    /// <summary>The job is in a state that the move does not leave; the idempotency key is free.</summary>
    Refused = 3,
    /// <summary>Another job holds the job's unique key; the idempotency key is free.</summary>
    UniqueKeyHeld = 4,
}

/// <param name="Insert">Whether the job is there now, or which other one is the answer by its idempotency key.</param>
/// <param name="Holder">The job that holds the unique key, or that was put off, when this one was not inserted because of it.</param>
/// <param name="Replaced">The job that was cancelled to make room.</param>
public sealed record UniqueOutcome(InsertOutcome Insert, JobId? Holder = null, JobToReplace? Replaced = null);

/// <param name="Queue">The queue that has to let go of it.</param>
public sealed record JobToReplace(JobId Id, string Queue);

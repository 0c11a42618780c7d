using Ratchet.Storage.Jobs;

namespace Ratchet.Storage;

/// <summary>
/// The one way to write jobs from a silo. Calls from everywhere are gathered, while a write is under way, into the next transaction;
/// a lone call goes at once. Callers complete after commit.
/// </summary>
public interface IJournal
{
    /// <summary>Completes when every job of the set is committed. Waits while the backlog is full.</summary>
    ValueTask<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel);

    /// <summary>
    /// Completes when the ends are committed; true for each that was accepted. While the store is away the ends are kept and tried again, with backoff,
    /// until it is back or <paramref name="cancel"/> fires.
    /// </summary>
    ValueTask<IReadOnlyList<bool>> EndAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel);

    /// <summary>
    /// Keeps the record of an attempt whose job was cancelled while it ran, so that its log is not lost with it. False when the job was not cancelled at this
    /// attempt: somebody else has it now, or it is gone. Not part of a set: rare, and nothing depends on it.
    /// </summary>
    Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel);

    /// <summary>Completes when the moves are committed; true for each that changed its row.</summary>
    ValueTask<IReadOnlyList<bool>> MoveAsync(IReadOnlyList<JobMove> moves, CancellationToken cancel);

    /// <summary>Notes starts to be written within 50 ms; a start whose end comes first is never written. Never waits, may drop starts while the store is away.</summary>
    void NoteStarts(IReadOnlyList<AttemptStart> starts);
}

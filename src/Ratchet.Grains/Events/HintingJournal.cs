using Ratchet.Storage;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Events;

/// <summary>The journal, and a hint to followers of events after each commit.</summary>
public sealed class HintingJournal(IJournal journal, EventHints hints) : IJournal
{
    public async ValueTask<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel)
    {
        IReadOnlyList<InsertOutcome> outcomes = await journal.InsertAsync(jobs, cancel);
        hints.Note();
        return outcomes;
    }

    public async ValueTask<IReadOnlyList<bool>> EndAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel)
    {
        IReadOnlyList<bool> outcomes = await journal.EndAsync(ends, cancel);
        hints.Note();
        return outcomes;
    }

    public async ValueTask<IReadOnlyList<bool>> MoveAsync(IReadOnlyList<JobMove> moves, CancellationToken cancel)
    {
        IReadOnlyList<bool> outcomes = await journal.MoveAsync(moves, cancel);
        hints.Note();
        return outcomes;
    }

    public Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => journal.RecordCancelledAsync(end, cancel);

    public void NoteStarts(IReadOnlyList<AttemptStart> starts) => journal.NoteStarts(starts);
}

using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Journal;

/// <summary>What one call gave the journal: a set of writes of one kind, and whoever waits for it.</summary>
internal abstract class JournalEntry
{
    // A write with a large payload counts as several, so that neither a transaction nor the backlog is without bound in bytes.
    private const int BytesAWrite = Limits.InlineInputBytes;

    /// <summary>The number of its writes.</summary>
    public abstract int Count { get; }

    /// <summary>Its share of a transaction and of the backlog, in writes of ordinary size.</summary>
    public int Weight { get; protected init; }

    /// <summary>Nobody waits any more: it was answered, or its caller gave up.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Adds its writes to a set that is about to be written.</summary>
    public abstract void AddTo(JournalSet set);

    public abstract void Fail(Exception error);

    protected static int WeightOf(int count, long bytes) => (int)Math.Min(int.MaxValue, Math.Max(count, bytes / BytesAWrite));
}

/// <summary>An entry whose caller waits for one answer for each of its writes.</summary>
internal abstract class JournalEntry<TWrite, TOutcome>(IReadOnlyList<TWrite> writes, CancellationToken cancel) : JournalEntry
{
    // Callers go on elsewhere: the writer loop must not run their code.
    private readonly TaskCompletionSource<IReadOnlyList<TOutcome>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration cancellation;

    public IReadOnlyList<TWrite> Writes => writes;
    public override int Count => writes.Count;
    public override bool IsDone => answer.Task.IsCompleted;
    public Task<IReadOnlyList<TOutcome>> Answer => answer.Task;

    /// <summary>Lets the caller's token end the wait. A write that is under way is not undone.</summary>
    public void ListenForCancel()
    {
        if (!cancel.CanBeCanceled) return;
        cancellation = cancel.UnsafeRegister(static (entry, token) => ((JournalEntry<TWrite, TOutcome>)entry!).answer.TrySetCanceled(token), this);
    }

    public void Complete(IReadOnlyList<TOutcome> outcomes)
    {
        cancellation.Unregister();
        answer.TrySetResult(outcomes);
    }

    public override void Fail(Exception error)
    {
        cancellation.Unregister();
        answer.TrySetException(error);
    }
}

internal sealed class InsertEntry : JournalEntry<NewJob, InsertOutcome>
{
    public InsertEntry(IReadOnlyList<NewJob> jobs, CancellationToken cancel) : base(jobs, cancel)
    {
        long bytes = 0;
        for (int i = 0; i < jobs.Count; i++) bytes += jobs[i].Input.Length;
        Weight = WeightOf(jobs.Count, bytes);
    }

    public override void AddTo(JournalSet set) => set.Add(this);
}

internal sealed class EndEntry : JournalEntry<AttemptEnd, bool>
{
    public EndEntry(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel) : base(ends, cancel)
    {
        long bytes = 0;
        for (int i = 0; i < ends.Count; i++) bytes += ends[i].Output?.Length ?? 0;
        Weight = WeightOf(ends.Count, bytes);
    }

    public override void AddTo(JournalSet set) => set.Add(this);
}

internal sealed class MoveEntry : JournalEntry<JobMove, bool>
{
    public MoveEntry(IReadOnlyList<JobMove> moves, CancellationToken cancel) : base(moves, cancel) => Weight = moves.Count;

    public override void AddTo(JournalSet set) => set.Add(this);
}

/// <summary>Starts that have grown old without an end. Nobody waits for them.</summary>
internal sealed class StartEntry : JournalEntry
{
    private bool done;

    public StartEntry(IReadOnlyList<AttemptStart> starts)
    {
        Writes = starts;
        Weight = starts.Count;
    }

    public IReadOnlyList<AttemptStart> Writes { get; }
    public override int Count => Writes.Count;
    public override bool IsDone => done;

    public override void AddTo(JournalSet set) => set.Add(this);

    public void Complete() => done = true;

    public override void Fail(Exception error) => done = true;
}

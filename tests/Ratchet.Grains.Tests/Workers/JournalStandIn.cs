using Ratchet.Storage;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Tests.Workers;

/// <summary>A journal over nothing that refuses as the test says. Like the real one it writes the good ends of a set that it refuses.</summary>
internal sealed class JournalStandIn : IJournal
{
    /// <summary>What the store makes of an end: null when it takes it.</summary>
    public Func<AttemptEnd, Exception?> Refuses { get; set; } = _ => null;

    /// <summary>How many calls find the store away.</summary>
    public int Away { get; set; }

    /// <summary>Sizes of the sets that came.</summary>
    public List<int> Sets { get; } = [];

    public HashSet<Guid> Written { get; } = [];

    public ValueTask<IReadOnlyList<bool>> EndAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel)
    {
        lock (Sets)
        {
            Sets.Add(ends.Count);
            if (Away-- > 0) return ValueTask.FromException<IReadOnlyList<bool>>(new StoreUnavailableException("The store is away.", new IOException()));
            Exception? refused = null;
            foreach (AttemptEnd end in ends)
            {
                if (Refuses(end) is { } error) refused ??= error;
                else Written.Add(end.Execution);
            }

            return refused is null ? ValueTask.FromResult<IReadOnlyList<bool>>([.. ends.Select(_ => true)]) : ValueTask.FromException<IReadOnlyList<bool>>(refused);
        }
    }

    public void NoteStarts(IReadOnlyList<AttemptStart> starts)
    {
    }

    public Task<bool> RecordCancelledAsync(AttemptEnd end, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<bool>> MoveAsync(IReadOnlyList<JobMove> moves, CancellationToken cancel) => throw new NotSupportedException();
}

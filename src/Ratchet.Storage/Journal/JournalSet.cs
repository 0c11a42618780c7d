using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Journal;

/// <summary>The writes of several entries as one set, and their answers back to the entries. One a writer loop; used again and again.</summary>
internal sealed class JournalSet
{
    private readonly Part<InsertEntry, NewJob, InsertOutcome> inserts = new();
    private readonly Part<EndEntry, AttemptEnd, bool> ends = new();
    private readonly Part<MoveEntry, JobMove, bool> moves = new();
    private readonly List<StartEntry> starts = [];
    private readonly List<AttemptStart> startWrites = [];

    public void Add(InsertEntry entry) => inserts.Add(entry);

    public void Add(EndEntry entry) => ends.Add(entry);

    public void Add(MoveEntry entry) => moves.Add(entry);

    public void Add(StartEntry entry)
    {
        starts.Add(entry);
        startWrites.AddRange(entry.Writes);
    }

    public void Clear()
    {
        inserts.Clear();
        ends.Clear();
        moves.Clear();
        starts.Clear();
        startWrites.Clear();
    }

    public JobWrites ToWrites() => new() { Inserts = inserts.Writes, Starts = startWrites, Ends = ends.Writes, Moves = moves.Writes };

    /// <summary>Answers every entry but those with an end that was refused: they come back, because it may be that this very end was accepted before.</summary>
    public List<(EndEntry Entry, bool[] Outcomes)>? Complete(JobWriteOutcomes outcomes)
    {
        foreach (StartEntry entry in starts) entry.Complete();
        foreach ((InsertEntry entry, IReadOnlyList<InsertOutcome> part) in inserts.Split(outcomes.Inserts)) entry.Complete(part);
        foreach ((MoveEntry entry, IReadOnlyList<bool> part) in moves.Split(outcomes.Moves)) entry.Complete(part);
        List<(EndEntry, bool[])>? refused = null;
        foreach ((EndEntry entry, IReadOnlyList<bool> part) in ends.Split(outcomes.Ends))
        {
            if (part.Contains(false)) (refused ??= []).Add((entry, [.. part]));
            else entry.Complete(part);
        }
        return refused;
    }

    private sealed class Part<TEntry, TWrite, TOutcome> where TEntry : JournalEntry<TWrite, TOutcome>
    {
        private readonly List<TEntry> entries = [];
        private readonly List<TWrite> writes = [];

        /// <summary>A single entry's writes are not copied.</summary>
        public IReadOnlyList<TWrite> Writes => entries.Count == 1 ? entries[0].Writes : writes;

        public void Add(TEntry entry)
        {
            // The first is copied only when a second one comes.
            if (entries.Count == 1) writes.AddRange(entries[0].Writes);
            if (entries.Count > 0) writes.AddRange(entry.Writes);
            entries.Add(entry);
        }

        public IEnumerable<(TEntry Entry, IReadOnlyList<TOutcome> Outcomes)> Split(IReadOnlyList<TOutcome> outcomes)
        {
            if (entries.Count == 1)
            {
                yield return (entries[0], outcomes);
                yield break;
            }
            TOutcome[] all = outcomes as TOutcome[] ?? [.. outcomes];
            int offset = 0;
            foreach (TEntry entry in entries)
            {
                yield return (entry, new ArraySegment<TOutcome>(all, offset, entry.Count));
                offset += entry.Count;
            }
        }

        public void Clear()
        {
            entries.Clear();
            writes.Clear();
        }
    }
}

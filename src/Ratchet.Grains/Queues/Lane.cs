using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>The jobs of one lane that are in memory. <see cref="ReadyWindow"/> keeps it right.</summary>
public sealed class Lane
{
    private readonly PriorityQueue<Entry, ReadyOrder> waiting = new();
    private readonly LaneTotals totals;
    private ReadyOrder frontier;
    private Hold? hold;
    private bool gone;

    internal Lane(string text, LaneKey key, Share share, LaneTotals totals, ReadyOrder frontier)
    {
        Text = text;
        Key = key;
        Share = share;
        this.totals = totals;
        this.frontier = frontier;
        if (MoreInStore) totals.MoreInStore++;
    }

    public string Text { get; }
    public LaneKey Key { get; }

    /// <summary>What holds it up; null when nothing does.</summary>
    public Hold? Hold
    {
        get => hold;
        internal set
        {
            if (!gone) totals.Held += (value is null ? 0 : 1) - (hold is null ? 0 : 1);
            hold = value;
        }
    }

    /// <summary>Where certainty ends: every QUEUED job of the lane before it is in memory. <see cref="ReadyOrder.Last"/>: all are.</summary>
    public ReadyOrder Frontier
    {
        get => frontier;
        internal set
        {
            bool before = MoreInStore;
            frontier = value;
            if (!gone) totals.MoreInStore += (MoreInStore ? 1 : 0) - (before ? 1 : 0);
        }
    }

    /// <summary>Jobs that wait here.</summary>
    public int Waiting { get; internal set; }

    /// <summary>Jobs that wait here or are handed out.</summary>
    public int Known { get; internal set; }

    public bool MoreInStore => frontier != ReadyOrder.Last;

    /// <summary>Jobs that the limits' keeper is being asked about.</summary>
    internal int Asking { get; set; }

    internal Share Share { get; }

    /// <summary>How many rows the read that is under way asked for; 0: it is not part of one.</summary>
    internal int ReadAsked { get; set; }

    /// <summary>Its place in the turns: entries of an earlier version are stale.</summary>
    internal int Version { get; set; }

    /// <summary>The head that it takes its turn with; null: it has none.</summary>
    internal ReadyOrder? Turn { get; set; }

    /// <summary>It is not among the lanes any more. Who still has it may change it, and that counts no longer.</summary>
    internal void Leave()
    {
        gone = true;
        if (MoreInStore) totals.MoreInStore--;
        if (hold is not null) totals.Held--;
    }

    internal void Enqueue(Entry entry) => waiting.Enqueue(entry, ReadyOrder.Of(entry.Job));

    /// <summary>The best that waits, whether it is certain or not.</summary>
    internal Entry? Peek()
    {
        while (waiting.TryPeek(out Entry? entry, out ReadyOrder order))
        {
            if (entry.Waits && ReadyOrder.Of(entry.Job) == order) return entry;
            // Gone, handed out, or here with another rank.
            waiting.Dequeue();
        }

        return null;
    }

    /// <summary>How many wait before a place, as far as they are in memory.</summary>
    internal int Before(ReadyOrder place) => waiting.UnorderedItems.Count(i => i.Priority < place && i.Element.Waits);

    /// <summary>A job in memory.</summary>
    internal sealed class Entry(ReadyJob job, Lane lane)
    {
        public ReadyJob Job { get; set; } = job;
        public Lane Lane { get; } = lane;

        /// <summary>It waits; otherwise it is handed out, or not here any more.</summary>
        public bool Waits { get; set; } = true;

        /// <summary>It is handed out, and already QUEUED again with a later token: that waits for the end of the attempt to be known.</summary>
        public ReadyJob? Next { get; set; }
    }
}

using System.Threading.Channels;

namespace Ratchet.Storage.Journal;

/// <summary>What waits to be written, in the order of its arrival. Entries beyond the capacity are held back, in their order too.</summary>
internal sealed class JournalBacklog(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<JournalEntry> admitted = new();
    private readonly Queue<JournalEntry> heldBack = new();
    // One permit for any number of entries: a loop that wakes up takes all that it may.
    private readonly Channel<bool> arrived = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long weight;
    private bool closed;

    /// <summary>Writes that are admitted and not yet taken.</summary>
    public long Weight => Volatile.Read(ref weight);

    /// <summary>False when the backlog is closed.</summary>
    public bool TryAdd(JournalEntry entry)
    {
        lock (gate)
        {
            if (closed) return false;
            if (heldBack.Count > 0 || !Fits(entry))
            {
                heldBack.Enqueue(entry);
                return true;
            }
            Admit(entry);
        }
        arrived.Writer.TryWrite(true);
        return true;
    }

    /// <summary>False when the backlog is closed and empty. May answer true with nothing to take.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        lock (gate)
        {
            if (closed) return admitted.Count > 0 || heldBack.Count > 0;
        }
        await arrived.Reader.WaitToReadAsync();
        arrived.Reader.TryRead(out _);
        return true;
    }

    /// <summary>Takes entries of at most <paramref name="most"/> writes, or one entry.</summary>
    public void Take(List<JournalEntry> into, int most)
    {
        bool more;
        lock (gate)
        {
            long taken = 0;
            while (admitted.TryPeek(out JournalEntry? next) && (taken == 0 || taken + next.Weight <= most))
            {
                admitted.Dequeue();
                weight -= next.Weight;
                if (next.IsDone) continue;
                taken += next.Weight;
                into.Add(next);
            }
            while (heldBack.TryPeek(out JournalEntry? waiting) && Fits(waiting)) Admit(heldBack.Dequeue());
            more = admitted.Count > 0;
        }
        if (more) arrived.Writer.TryWrite(true);
    }

    /// <summary>Takes out what <paramref name="condition"/> picks, wherever it stands.</summary>
    public List<JournalEntry> Remove(Func<JournalEntry, bool> condition)
    {
        var removed = new List<JournalEntry>();
        lock (gate)
        {
            Sift(admitted, condition, removed);
            weight -= removed.Sum(e => (long)e.Weight);
            Sift(heldBack, condition, removed);
            while (heldBack.TryPeek(out JournalEntry? waiting) && Fits(waiting)) Admit(heldBack.Dequeue());
        }
        return removed;
    }

    /// <summary>No entry is added from now on; what is here can still be taken.</summary>
    public void Close()
    {
        lock (gate) closed = true;
        arrived.Writer.TryComplete();
    }

    private bool Fits(JournalEntry entry) => weight == 0 || weight + entry.Weight <= capacity;

    private void Admit(JournalEntry entry)
    {
        admitted.Enqueue(entry);
        weight += entry.Weight;
    }

    private static void Sift(Queue<JournalEntry> queue, Func<JournalEntry, bool> condition, List<JournalEntry> removed)
    {
        for (int left = queue.Count; left > 0; left--)
        {
            JournalEntry entry = queue.Dequeue();
            if (condition(entry)) removed.Add(entry);
            else queue.Enqueue(entry);
        }
    }
}

using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Journal;

/// <summary>
/// Starts that are not written yet, in two generations: each tick writes the older one, so that a start is written 25 to 50 ms after it was noted
/// and one whose end came before that never is. A job of a few milliseconds costs no write for its start.
/// </summary>
internal sealed class PendingStarts : IDisposable
{
    private static readonly TimeSpan Generation = TimeSpan.FromMilliseconds(25);
    private readonly Lock gate = new();
    private readonly Action<IReadOnlyList<AttemptStart>> write;
    private readonly ITimer timer;
    private Dictionary<JobId, AttemptStart> young = [];
    private Dictionary<JobId, AttemptStart> old = [];
    private bool ticking;
    private bool disposed;

    public PendingStarts(TimeProvider time, Action<IReadOnlyList<AttemptStart>> write)
    {
        this.write = write;
        timer = time.CreateTimer(static state => ((PendingStarts)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Note(IReadOnlyList<AttemptStart> starts)
    {
        lock (gate)
        {
            if (disposed) return;
            for (int i = 0; i < starts.Count; i++) young[starts[i].Job] = starts[i];
            if (ticking || young.Count == 0) return;
            ticking = true;
            timer.Change(Generation, Generation);
        }
    }

    /// <summary>Drops the starts that these ends have overtaken.</summary>
    public void Overtake(IReadOnlyList<AttemptEnd> ends)
    {
        lock (gate)
        {
            if (!ticking) return;
            for (int i = 0; i < ends.Count; i++)
            {
                if (!young.Remove(ends[i].Job)) old.Remove(ends[i].Job);
            }
        }
    }

    /// <summary>Gives all that is left to the writer.</summary>
    public void Flush()
    {
        Tick();
        Tick();
    }

    public void Dispose()
    {
        lock (gate) disposed = true;
        timer.Dispose();
    }

    private void Tick()
    {
        AttemptStart[] due;
        lock (gate)
        {
            due = old.Count == 0 ? [] : [.. old.Values];
            old.Clear();
            (old, young) = (young, old);
            if (old.Count == 0 && due.Length == 0 && !disposed)
            {
                ticking = false;
                timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
        if (due.Length > 0) write(due);
    }
}

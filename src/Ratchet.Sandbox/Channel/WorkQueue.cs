namespace Ratchet.Sandbox.Channel;

/// <summary>From the reader thread to the execution thread.</summary>
internal sealed class WorkQueue
{
    private readonly Queue<Work> queue = new();
    private readonly Queue<Work> urgent = new();
    private readonly object gate = new();

    /// <summary>Adds a batch in order and wakes the execution thread once.</summary>
    public void Add(List<Work> batch)
    {
        lock (gate)
        {
            foreach (Work work in batch) (work is CancelWork or ReplyWork ? urgent : queue).Enqueue(work);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The next work; answers and cancellations before new runs. Null when none came within <paramref name="milliseconds"/> (-1: waits for ever).</summary>
    /// <param name="busy">Called when there is work at once.</param>
    /// <param name="idle">Called before it waits; it does not wait when that returns true.</param>
    public Work? Take(int milliseconds, Action busy, Func<bool> idle)
    {
        bool any;
        Work? next;
        lock (gate) any = TryTake(out next);
        if (any)
        {
            busy();
            return next;
        }
        if (idle()) return null;
        lock (gate)
        {
            if (TryTake(out Work? work)) return work;
            Monitor.Wait(gate, milliseconds);
            return TryTake(out work) ? work : null;
        }
    }

    private bool TryTake(out Work? work) => urgent.TryDequeue(out work) || queue.TryDequeue(out work);
}

using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>The newest events, for any number of readers, each with its own place. It never grows: a reader that is behind its beginning is told so.</summary>
internal sealed class EventRing(int capacity)
{
    public const int Behind = -1;

    private readonly Lock gate = new();
    private readonly JobEvent[] events = new JobEvent[capacity];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long first, count;

    /// <summary>All events behind this place, up to <see cref="End"/>, are here.</summary>
    public EventCursor Start { get; private set; }

    /// <summary>The newest event's place.</summary>
    public EventCursor End { get; private set; }

    /// <summary>Completes at the next change. To be taken before reading, so that none is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (gate) return changed.Task;
        }
    }

    /// <summary>Begins anew, empty, at a place.</summary>
    public void Begin(EventCursor at)
    {
        lock (gate)
        {
            Array.Clear(events);
            (first, count, Start, End) = (0, 0, at, at);
        }
    }

    /// <param name="next">What follows <see cref="End"/>, in order.</param>
    public void Append(IReadOnlyList<JobEvent> next)
    {
        if (next.Count == 0) return;
        TaskCompletionSource waiting;
        lock (gate)
        {
            foreach (JobEvent happened in next)
            {
                if (count == capacity)
                {
                    Start = events[first % capacity].Cursor;
                    first++;
                    count--;
                }

                events[(first + count) % capacity] = happened;
                count++;
            }

            End = next[^1].Cursor;
            waiting = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
    }

    /// <summary>Copies what follows a place. Returns how many that are; <see cref="Behind"/> when some of it is no longer here.</summary>
    public int Read(EventCursor after, Span<JobEvent> into)
    {
        lock (gate)
        {
            if (after < Start) return Behind;
            long low = 0, high = count;
            while (low < high)
            {
                long middle = (low + high) / 2;
                if (events[(first + middle) % capacity].Cursor <= after) low = middle + 1;
                else high = middle;
            }

            int read = (int)Math.Min(into.Length, count - low);
            for (int i = 0; i < read; i++) into[i] = events[(first + low + i) % capacity];
            return read;
        }
    }
}

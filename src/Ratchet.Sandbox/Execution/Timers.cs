using System.Diagnostics;

namespace Ratchet.Sandbox.Execution;

/// <summary>The timers of runs that wait, by when they are due.</summary>
internal sealed class Timers
{
    private readonly PriorityQueue<(Run Run, int Number), long> due = new();
    private readonly HashSet<(Run Run, int Number)> live = [];

    public void Add(Run run, int number, int milliseconds)
    {
        live.Add((run, number));
        run.Outstanding++;
        due.Enqueue((run, number), Stopwatch.GetTimestamp() + milliseconds * (Stopwatch.Frequency / 1_000));
    }

    public void Remove(Run run, int number)
    {
        if (live.Remove((run, number))) run.Outstanding--;
    }

    /// <summary>Milliseconds until the next is due; -1 when there is none.</summary>
    public int Wait()
    {
        while (due.TryPeek(out (Run Run, int Number) next, out long at))
        {
            if (!live.Contains(next) || next.Run.Ended) Drop();
            else return (int)Math.Clamp((at - Stopwatch.GetTimestamp()) * 1_000 / Stopwatch.Frequency + 1, 0, int.MaxValue);
        }
        return -1;
    }

    /// <summary>The next timer that is due now.</summary>
    public bool TryTake(out Run run, out int number)
    {
        while (due.TryPeek(out (Run Run, int Number) next, out long at) && at <= Stopwatch.GetTimestamp())
        {
            due.Dequeue();
            if (!live.Remove(next)) continue;
            next.Run.Outstanding--;
            if (next.Run.Ended) continue;
            (run, number) = next;
            return true;
        }
        (run, number) = (null!, 0);
        return false;
    }

    private void Drop()
    {
        (Run run, int number) = due.Dequeue();
        Remove(run, number);
    }
}

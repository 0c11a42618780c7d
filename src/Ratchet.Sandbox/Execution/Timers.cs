using System.Diagnostics;

namespace Ratchet.Sandbox.Execution;

/// <summary>The timers of runs that wait, by when they are due.</summary>
internal sealed class Timers
{
    private readonly PriorityQueue<(Run Run, int Id), long> due = new();
    private readonly Dictionary<int, Run> live = [];
    private int last;

    /// <summary>The timer's number.</summary>
    public int Add(Run run, int milliseconds)
    {
        live[++last] = run;
        run.Outstanding++;
        due.Enqueue((run, last), Stopwatch.GetTimestamp() + milliseconds * (Stopwatch.Frequency / 1_000));
        return last;
    }

    public void Remove(int id)
    {
        if (live.Remove(id, out Run? run)) run.Outstanding--;
    }

    /// <summary>Milliseconds until the next is due; -1 when there is none.</summary>
    public int Wait()
    {
        while (due.TryPeek(out (Run Run, int Id) next, out long at))
        {
            if (!live.ContainsKey(next.Id) || next.Run.Ended) Drop();
            else return (int)Math.Clamp((at - Stopwatch.GetTimestamp()) * 1_000 / Stopwatch.Frequency + 1, 0, int.MaxValue);
        }
        return -1;
    }

    /// <summary>The next timer that is due now.</summary>
    public bool TryTake(out Run run, out int id)
    {
        while (due.TryPeek(out (Run Run, int Id) next, out long at) && at <= Stopwatch.GetTimestamp())
        {
            due.Dequeue();
            if (!live.Remove(next.Id)) continue;
            next.Run.Outstanding--;
            if (next.Run.Ended) continue;
            (run, id) = next;
            return true;
        }
        (run, id) = (null!, 0);
        return false;
    }

    private void Drop()
    {
        (Run run, int id) = due.Dequeue();
        if (live.Remove(id)) run.Outstanding--;
    }
}

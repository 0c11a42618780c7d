using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// The asynchronous calls of scripts that the parent has not answered yet, and who waits for each. Their numbers are the process's, not a task's: an answer
/// that comes after its task has gone must find nobody. A call that was given up stays open until it is answered, as it does for the parent.
/// </summary>
internal sealed class OpenCalls
{
    private readonly Dictionary<int, (Run? Run, int Number, int Bytes)> callers = [];
    private int last;

    public bool IsFull => callers.Count >= FrameLimits.FetchCalls;

    /// <summary>Of the bodies of all calls that have not been answered.</summary>
    public long Bytes { get; private set; }

    /// <summary>A number that no call of this process has had.</summary>
    public int Next() => ++last;

    /// <param name="number">Which of its run's calls it is, from 1.</param>
    /// <param name="bytes">Of its body.</param>
    public void Add(int call, Run run, int number, int bytes)
    {
        callers.Add(call, (run, number, bytes));
        Bytes += bytes;
        run.Outstanding++;
    }

    /// <summary>False when nobody waited for it.</summary>
    public bool Abandon(int call, out int number)
    {
        callers.TryGetValue(call, out (Run? Run, int Number, int Bytes) caller);
        number = caller.Number;
        if (caller.Run is null) return false;
        callers[call] = (null, number, caller.Bytes);
        caller.Run.Outstanding--;
        return true;
    }

    /// <summary>Abandons all that a run waits for.</summary>
    public void Abandon(Run run)
    {
        foreach (int call in callers.Where(entry => entry.Value.Run == run).Select(entry => entry.Key).ToArray()) Abandon(call, out _);
    }

    /// <summary>Who waits for a call, and its number in that run; null when nobody does.</summary>
    public Run? Find(int call, out int number)
    {
        callers.TryGetValue(call, out (Run? Run, int Number, int Bytes) caller);
        number = caller.Number;
        return caller.Run;
    }

    /// <summary>The call was answered: who waits for it, and its number in that run; null when nobody does any more.</summary>
    public Run? Take(int call, out int number)
    {
        callers.Remove(call, out (Run? Run, int Number, int Bytes) caller);
        Bytes -= caller.Bytes;
        number = caller.Number;
        if (caller.Run is { } run) run.Outstanding--;
        return caller.Run;
    }
}

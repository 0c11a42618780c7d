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
        run.Context!.OpenCalls++;
    }

    /// <summary>Who waited for it; null when nobody did.</summary>
    public Run? Abandon(int call, out int number)
    {
        callers.TryGetValue(call, out (Run? Run, int Number, int Bytes) caller);
        number = caller.Number;
        if (caller.Run is null) return null;
        callers[call] = (null, number, caller.Bytes);
        Settle(caller.Run);
        return caller.Run;
    }

    /// <summary>Abandons all calls of a context.</summary>
    /// <returns>Their numbers.</returns>
    public int[] Abandon(TaskContext context)
    {
        int[] calls = [.. callers.Where(entry => entry.Value.Run?.Context == context).Select(entry => entry.Key)];
        foreach (int call in calls) Abandon(call, out _);
        return calls;
    }

    /// <summary>Whose call it is, and its number in that run; null when nobody waits for it.</summary>
    public Run? Find(int call, out int number)
    {
        callers.TryGetValue(call, out (Run? Run, int Number, int Bytes) caller);
        number = caller.Number;
        return caller.Run;
    }

    /// <summary>The call was answered: whose it is, and its number in that run; null when nobody waits for it any more.</summary>
    public Run? Take(int call, out int number)
    {
        callers.Remove(call, out (Run? Run, int Number, int Bytes) caller);
        Bytes -= caller.Bytes;
        number = caller.Number;
        if (caller.Run is { } run) Settle(run);
        return caller.Run;
    }

    private static void Settle(Run run)
    {
        run.Outstanding--;
        run.Context!.OpenCalls--;
    }
}

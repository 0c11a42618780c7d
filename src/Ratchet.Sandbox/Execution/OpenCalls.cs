using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// The asynchronous calls of scripts that the parent has not answered yet, and who waits for each. Their numbers are the process's, not a task's: an answer
/// that comes after its task has gone must find nobody. A call that was given up stays open until it is answered, as it does for the parent.
/// </summary>
internal sealed class OpenCalls
{
    private readonly Dictionary<int, Run?> callers = [];
    private int last;

    public bool IsFull => callers.Count >= FrameLimits.FetchCalls;

    /// <summary>A number that no call of this process has had.</summary>
    public int Next() => ++last;

    public void Add(int call, Run run)
    {
        callers.Add(call, run);
        run.Outstanding++;
    }

    /// <summary>False when nobody waited for it.</summary>
    public bool Abandon(int call)
    {
        if (!callers.TryGetValue(call, out Run? run) || run is null) return false;
        callers[call] = null;
        run.Outstanding--;
        return true;
    }

    /// <summary>Abandons all that a run waits for.</summary>
    public void Abandon(Run run)
    {
        foreach (int call in callers.Where(entry => entry.Value == run).Select(entry => entry.Key).ToArray()) Abandon(call);
    }

    /// <summary>The call was answered: who waits for it; null when nobody does any more.</summary>
    public Run? Take(int call)
    {
        if (!callers.Remove(call, out Run? run) || run is null) return null;
        run.Outstanding--;
        return run;
    }
}

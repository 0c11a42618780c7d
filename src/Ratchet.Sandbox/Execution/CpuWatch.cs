using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Process;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// Holds runs to their processor time, which is counted over all turns of a run and while it executes only: a run that waits, also in a synchronous fetch, uses none. A run that uses too much within
/// one turn is interrupted by a thread that looks each few milliseconds; one that does so over many is ended after the turn.
/// </summary>
internal sealed class CpuWatch(Interrupts interrupts)
{
    private const int LookMilliseconds = 10;
    private const long NanosecondsOfOne = 1_000_000;

    private readonly object gate = new();
    private CpuClock? clock;
    private long most;
    private Run? current;
    private long enteredAt;
    private bool asleep;

    /// <summary>From now on runs may use so much; 0: as much as they like, and nothing is measured. On the execution thread.</summary>
    public void Limit(int milliseconds)
    {
        most = milliseconds * NanosecondsOfOne;
        if (most == 0 || clock is not null) return;
        clock = CpuClock.OfThisThread();
        new Thread(Look) { IsBackground = true, Name = "cpu watch" }.Start();
    }

    /// <summary>The run's code is about to execute; its interrupt must be able to reach it.</summary>
    public void Enter(Run run)
    {
        if (most == 0) return;
        lock (gate)
        {
            enteredAt = clock!.Nanoseconds;
            current = run;
            if (asleep) Monitor.Pulse(gate);
        }
    }

    /// <summary>The run's code has returned; true when the run has used more than it may.</summary>
    public bool Leave(Run run)
    {
        if (most == 0) return false;
        lock (gate)
        {
            run.CpuNanoseconds += clock!.Nanoseconds - enteredAt;
            current = null;
        }
        return run.CpuNanoseconds > most;
    }

    private void Look()
    {
        lock (gate)
        {
            while (true)
            {
                // While runs follow each other it wakes by itself: to be woken by each would cost them more than all the rest.
                if (current is null)
                {
                    asleep = true;
                    Monitor.Wait(gate);
                    asleep = false;
                }
                if (current is { CpuExceeded: false } run)
                {
                    long left = most - run.CpuNanoseconds - (clock!.Nanoseconds - enteredAt);
                    if (left <= 0)
                    {
                        run.CpuExceeded = true;
                        interrupts.Request(run.Sequence);
                    }
                    else
                    {
                        Monitor.Wait(gate, (int)Math.Clamp(left / NanosecondsOfOne, 1, LookMilliseconds));
                        continue;
                    }
                }
                Monitor.Wait(gate, LookMilliseconds);
            }
        }
    }
}

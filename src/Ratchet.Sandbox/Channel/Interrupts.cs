using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Channel;

/// <summary>
/// Knows whose code V8 is executing, so that an interrupt ends that run and no other. V8 notices an interrupt some time after it was asked for; if the run
/// is over by then, the request is withdrawn under the same lock, before the next run enters.
/// </summary>
internal sealed class Interrupts
{
    private readonly Lock gate = new();
    private readonly HashSet<long> requested = [];
    private long current;
    private V8ScriptEngine? engine;
    private bool hit;

    /// <summary>False when an interrupt of this run has been asked for: it must not be executed.</summary>
    public bool Enter(long sequence, V8ScriptEngine next)
    {
        lock (gate)
        {
            if (requested.Count > 0 && requested.Remove(sequence)) return false;
            current = sequence;
            engine = next;
            hit = false;
            return true;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            if (hit) engine!.CancelInterrupt();
            current = 0;
            engine = null;
        }
    }

    /// <summary>True when the run is executing: V8 was told to stop. Otherwise the request waits for the run's next <see cref="Enter"/>.</summary>
    public bool Request(long sequence)
    {
        lock (gate)
        {
            if (current == sequence && engine is not null)
            {
                hit = true;
                engine.Interrupt();
                return true;
            }
            requested.Add(sequence);
            return false;
        }
    }

    public void Forget(long sequence)
    {
        lock (gate) requested.Remove(sequence);
    }
}

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>Wakes the caretaker before its next tick.</summary>
internal sealed class Attention
{
    private readonly object gate = new();
    private bool wanted;

    public void Set()
    {
        lock (gate)
        {
            if (wanted) return;
            wanted = true;
            Monitor.Pulse(gate);
        }
    }

    public void Wait(TimeSpan most)
    {
        lock (gate)
        {
            if (!wanted) Monitor.Wait(gate, most);
            wanted = false;
        }
    }
}

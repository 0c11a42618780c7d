namespace Ratchet.Execution.Fetch;

/// <summary>What one execution has used of what it may use of the network.</summary>
public sealed class FetchUse
{
    private readonly Lock gate = new();
    private SemaphoreSlim? slots;
    private long bytes;

    /// <summary>Adds to the bytes of bodies; false when they are more than the execution may have.</summary>
    public bool TryAdd(long more, long most)
    {
        lock (gate)
        {
            if (bytes + more > most) return false;
            bytes += more;
            return true;
        }
    }

    /// <summary>What requests at once take turns by.</summary>
    public SemaphoreSlim Slots(int most)
    {
        lock (gate) return slots ??= new SemaphoreSlim(most);
    }
}

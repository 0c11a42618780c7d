using Ratchet.Events;

namespace Ratchet.Grains.Events;

/// <summary>Tells followers that this silo has written events: once for all of some milliseconds, however many they are.</summary>
public sealed class EventHints(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);
    private int pending;

    public void Note()
    {
        if (Volatile.Read(ref pending) == 0 && Interlocked.Exchange(ref pending, 1) == 0) _ = TellAsync();
    }

    private async Task TellAsync()
    {
        await Task.Delay(Gathering, time);
        Volatile.Write(ref pending, 0);
        // One way: a hint that is lost costs its followers a second.
        await grains.GetGrain<IEventSignalGrain>(0).NotedAsync();
    }
}

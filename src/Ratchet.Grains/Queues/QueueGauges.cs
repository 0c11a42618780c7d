using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>How one queue stands, as its grain last said: written in the grain's turns, read by whoever collects metrics, on any thread.</summary>
public sealed class QueueGauges(QueueKey queue)
{
    private int ready;
    private int inFlight;
    private long oldest;
    private int askedForOldest;

    internal KeyValuePair<string, object?>[] Tags { get; } = [new("queue", queue.Name), new("tenant", queue.Tenant)];

    internal int Ready => Volatile.Read(ref ready);

    internal int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Null when no job waits. Asking makes the grain look again: it does so only for those who collect, as it has to look at every lane.</summary>
    internal DateTimeOffset? Oldest
    {
        get
        {
            Volatile.Write(ref askedForOldest, 1);
            long ticks = Volatile.Read(ref oldest);
            return ticks == 0 || Ready == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <param name="oldestReady">Answers since when the oldest job has been ready; called only when somebody has asked since the last time.</param>
    internal void Note(int ready, int inFlight, Func<DateTimeOffset?> oldestReady)
    {
        Volatile.Write(ref this.ready, ready);
        Volatile.Write(ref this.inFlight, inFlight);
        if (Volatile.Read(ref askedForOldest) == 0) return;
        Volatile.Write(ref askedForOldest, 0);
        Volatile.Write(ref oldest, oldestReady()?.UtcTicks ?? 0);
    }
}

using System.Collections.Concurrent;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>The queue grains that are active on this silo, so that changes of membership and of capacity reach them.</summary>
public sealed class QueueRegistry
{
    private readonly ConcurrentDictionary<IQueueGrain, byte> queues = new();

    public IEnumerable<IQueueGrain> Active => queues.Keys;

    public void Add(IQueueGrain queue) => queues[queue] = 0;

    public void Remove(IQueueGrain queue) => queues.TryRemove(queue, out _);
}

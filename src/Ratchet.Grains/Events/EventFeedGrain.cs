using Orleans.Concurrency;
using Ratchet.Events;
using Ratchet.Jobs;
using Ratchet.Storage;

namespace Ratchet.Grains.Events;

/// <summary>See <see cref="IEventFeedGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class EventFeedGrain(IStore store) : Grain, IEventFeedGrain
{
    public Task<IReadOnlyList<JobEvent>> ReadAsync(EventRead read, CancellationToken cancel) =>
        store.Events.ReadAsync(read with { Limit = Math.Clamp(read.Limit, 1, Limits.EventRead) }, cancel);

    public Task<EventCursor> HeadAsync(CancellationToken cancel) => store.Events.HeadAsync(cancel);
}

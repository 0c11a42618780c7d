using Ratchet.Jobs;

namespace Ratchet.Events;

/// <summary>Stateless worker: reads the history of all jobs from the store. Key: 0.</summary>
[Alias("ratchet.IEventFeedGrain")]
public interface IEventFeedGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The events next to a place, in order. What is returned is complete: no event between the place and the last of them will appear later.
    /// </summary>
    [Alias("read")]
    Task<IReadOnlyList<JobEvent>> ReadAsync(EventRead read, CancellationToken cancel = default);

    /// <summary>The place of the newest event that readers see; the default when there is none.</summary>
    [Alias("head")]
    Task<EventCursor> HeadAsync(CancellationToken cancel = default);
}

/// <param name="Tenant">Null: events of all tenants, for a gateway's follower. Never from a client.</param>
/// <param name="From">The place behind which to begin; null: at the end that comes first.</param>
/// <param name="Descending">Newest first, and before the place.</param>
/// <param name="Limit">1 to <see cref="Limits.EventRead"/>.</param>
[GenerateSerializer, Immutable, Alias("ratchet.event-read")]
public sealed record EventRead([property: Id(0)] string? Tenant, [property: Id(1)] EventCursor? From, [property: Id(2)] bool Descending, [property: Id(3)] int Limit);

using Ratchet.Webhooks;

namespace Ratchet.Storage.Webhooks;

/// <summary>Deliveries and the attempts at them, as rows. The end of an attempt is fenced by the number of those before it.</summary>
public interface IDeliveryStore
{
    /// <summary>Adds a test event; nothing when the id is there, or the webhook is not.</summary>
    Task AddPingAsync(WebhookKey key, Guid id, string payload, DateTimeOffset now, CancellationToken cancel);

    /// <summary>With payload and attempts.</summary>
    Task<DeliveryView?> GetAsync(WebhookKey key, Guid id, CancellationToken cancel);

    /// <summary>Newest first, without payloads and attempts.</summary>
    Task<IReadOnlyList<DeliveryView>> ListAsync(WebhookKey key, DeliveryFilter filter, CancellationToken cancel);

    /// <summary>The PENDING ones whose turn comes first, due or not.</summary>
    /// <param name="events">False: pings alone.</param>
    Task<IReadOnlyList<PendingDelivery>> ReadNextAsync(WebhookKey key, bool events, int limit, CancellationToken cancel);

    /// <summary>Writes an attempt and what became of its delivery; false when the delivery is gone, at an end, or has had another attempt since.</summary>
    Task<bool> RecordAsync(WebhookKey key, DeliveryOutcome outcome, CancellationToken cancel);

    /// <summary>Makes a delivery PENDING and due; false when it is not there or has had <see cref="Limits.WebhookAttempts"/> attempts.</summary>
    Task<bool> ResendAsync(WebhookKey key, Guid id, DateTimeOffset now, CancellationToken cancel);

    /// <summary>As <see cref="ResendAsync"/>, for the FAILED ones of events that were made from <paramref name="since"/> on, oldest first.</summary>
    Task<int> ResendFailedAsync(WebhookKey key, DateTimeOffset since, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>The webhooks of a tenant that have something due.</summary>
    Task<IReadOnlyList<string>> ListDueAsync(string tenant, DateTimeOffset now, CancellationToken cancel);

    /// <summary>What is PENDING, counted up to <paramref name="most"/>.</summary>
    Task<DeliveryBacklog> GetBacklogAsync(WebhookKey key, int most, CancellationToken cancel);

    /// <summary>Deletes at most <paramref name="limit"/> deliveries, of all tenants, that came to their end before these instants. Returns how many.</summary>
    Task<int> SweepAsync(DateTimeOffset succeededBefore, DateTimeOffset failedBefore, int limit, CancellationToken cancel);
}

/// <summary>What waits for a webhook's receiver.</summary>
/// <param name="Oldest">When the oldest of those that were counted was made; null when nothing waits.</param>
public sealed record DeliveryBacklog(int Count, DateTimeOffset? Oldest);

/// <param name="Attempts">Before the next one, in all.</param>
/// <param name="Tries">The same since it was sent by hand last: which delay follows a failure.</param>
public sealed record PendingDelivery(Guid Id, string Type, string Payload, int Attempts, int Tries, DateTimeOffset NextAt);

/// <param name="Attempts">Before this attempt; the fence.</param>
/// <param name="NextAt">Set when <paramref name="State"/> is PENDING.</param>
/// <param name="Attempt">Its number is of no account here.</param>
public sealed record DeliveryOutcome(Guid Id, int Attempts, DeliveryState State, DateTimeOffset? NextAt, DateTimeOffset EndedAt, DeliveryAttempt Attempt);

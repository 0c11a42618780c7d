namespace Ratchet.Webhooks;

/// <summary>Stateless worker: reads webhooks and deliveries from the store, so that looking at them activates nothing. Key: 0.</summary>
[Alias("ratchet.IWebhookDirectoryGrain")]
public interface IWebhookDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Null when the tenant has no such webhook.</summary>
    [Alias("get")]
    Task<WebhookView?> GetAsync(WebhookKey key, CancellationToken cancel = default);

    /// <summary>By id; all, as there are at most <see cref="Limits.Webhooks"/>.</summary>
    [Alias("list")]
    Task<IReadOnlyList<WebhookView>> ListAsync(string tenant, CancellationToken cancel = default);

    /// <summary>With payload and attempts; null when there is none.</summary>
    [Alias("delivery")]
    Task<DeliveryView?> GetDeliveryAsync(WebhookKey key, Guid id, CancellationToken cancel = default);

    /// <summary>Newest first, without payloads and attempts.</summary>
    [Alias("deliveries")]
    Task<IReadOnlyList<DeliveryView>> ListDeliveriesAsync(WebhookKey key, DeliveryFilter filter, CancellationToken cancel = default);
}

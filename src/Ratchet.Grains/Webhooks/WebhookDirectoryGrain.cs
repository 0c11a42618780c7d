using Orleans.Concurrency;
using Ratchet.Storage;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>See <see cref="IWebhookDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class WebhookDirectoryGrain(IStore store, TimeProvider time) : Grain, IWebhookDirectoryGrain
{
    public async Task<WebhookView?> GetAsync(WebhookKey key, CancellationToken cancel) =>
        await store.Webhooks.GetAsync(key, cancel) is { } record ? WebhookViews.Of(record, time.GetUtcNow()) : null;

    public async Task<IReadOnlyList<WebhookView>> ListAsync(string tenant, CancellationToken cancel)
    {
        IReadOnlyList<WebhookRecord> records = await store.Webhooks.ListAsync(tenant, cancel);
        return [.. records.Select(r => WebhookViews.Of(r, time.GetUtcNow()))];
    }

    public Task<DeliveryView?> GetDeliveryAsync(WebhookKey key, Guid id, CancellationToken cancel) => store.Webhooks.Deliveries.GetAsync(key, id, cancel);

    public Task<IReadOnlyList<DeliveryView>> ListDeliveriesAsync(WebhookKey key, DeliveryFilter filter, CancellationToken cancel) =>
        store.Webhooks.Deliveries.ListAsync(key, filter with { Limit = Math.Clamp(filter.Limit, 1, Limits.ListRows) }, cancel);
}

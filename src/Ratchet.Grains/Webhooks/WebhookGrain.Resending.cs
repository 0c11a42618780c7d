using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>What is sent because somebody asks for it.</summary>
public sealed partial class WebhookGrain
{
    public async Task<DeliveryView> PingAsync(Guid id)
    {
        await RequireAsync();
        DateTimeOffset now = Now();
        await store.Webhooks.Deliveries.AddPingAsync(key, id, WebhookPayload.Ping(key, now), now, CancellationToken.None);
        WorkSoon();
        return await RequireAsync(id);
    }

    public async Task<DeliveryView> ResendAsync(Guid id)
    {
        RequireEnabled(await RequireAsync());
        DeliveryView known = await RequireAsync(id);
        bool resent = await store.Webhooks.Deliveries.ResendAsync(key, id, Now(), CancellationToken.None);
        if (resent) metrics.Resent(1);
        else if (known.Attempts >= Limits.WebhookAttempts)
            throw new WebhookConflictException($"Delivery '{DeliveryId.Format(id)}' has had {Limits.WebhookAttempts} attempts, which is the most there may be.");
        WorkSoon();
        return await RequireAsync(id);
    }

    public async Task<int> ResendFailedAsync(DateTimeOffset since)
    {
        RequireEnabled(await RequireAsync());
        int resent = await store.Webhooks.Deliveries.ResendFailedAsync(key, since, Now(), Limits.WebhookResend, CancellationToken.None);
        metrics.Resent(resent);
        WorkSoon();
        return resent;
    }

    private void RequireEnabled(WebhookRecord known)
    {
        if (!known.Definition.Enabled) throw new WebhookConflictException($"Webhook '{key.Id}' is disabled; enable it first.");
    }

    private async Task<DeliveryView> RequireAsync(Guid delivery) =>
        await store.Webhooks.Deliveries.GetAsync(key, delivery, CancellationToken.None) ?? throw WebhookNotFoundException.Of(key.Id, delivery);
}

using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Grains.Waking;
using Ratchet.Storage;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>Wakes the following of events for webhooks. Where there are no webhooks nothing is woken.</summary>
public sealed class WebhookWaking(IStore store, IGrainFactory grains, ISiloStatusOracle membership, TimeProvider time, ILogger<WebhookWaking> logger)
    : GrainWaking(membership, time)
{
    protected override async Task WakeAllAsync(CancellationToken cancel)
    {
        foreach (string tenant in await store.Webhooks.ListTenantsAsync(cancel)) await grains.GetGrain<IWebhookDispatchGrain>(tenant).RefreshAsync();
    }

    protected override void LogFailure(string reason) => WebhookLog.CannotWake(logger, reason);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Storage;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>
/// Wakes the following of events for webhooks when this silo has started, and when another one is gone with the grains that were on it. Where there are no webhooks
/// nothing is woken.
/// </summary>
public sealed class WebhookWaking(IStore store, IGrainFactory grains, ISiloStatusOracle membership, TimeProvider time, ILogger<WebhookWaking> logger)
    : BackgroundService, ISiloStatusListener
{
    private readonly SemaphoreSlim wanted = new(1, 1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        membership.SubscribeToSiloStatusEvents(this);
        return base.StartAsync(cancellationToken);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status != SiloStatus.Dead) return;
        try
        {
            wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is wanted already, and once is enough.
        }
    }

    public override void Dispose()
    {
        membership.UnSubscribeFromSiloStatusEvents(this);
        wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await wanted.WaitAsync(stoppingToken);
            while (!await TryWakeAsync(stoppingToken)) await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    private async Task<bool> TryWakeAsync(CancellationToken cancel)
    {
        try
        {
            foreach (string tenant in await store.Webhooks.ListTenantsAsync(cancel)) await grains.GetGrain<IWebhookDispatchGrain>(tenant).RefreshAsync();
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
        {
            WebhookLog.CannotWake(logger, e.Message);
            return false;
        }
    }
}

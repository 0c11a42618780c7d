using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Ratchet.Storage;

namespace Ratchet.Grains.Waking;

/// <summary>
/// Wakes the grains that have something to do without being called: when this silo has started, and when another one is gone, and with it the grains that were on it.
/// It tries until it can: their reminders, the last resort, take minutes.
/// </summary>
public abstract class GrainWaking(ISiloStatusOracle membership, TimeProvider time) : BackgroundService, ISiloStatusListener
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

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
        GC.SuppressFinalize(this);
    }

    /// <summary>Wakes all of them; called again when it fails, so it must not matter who was woken before.</summary>
    protected abstract Task WakeAllAsync(CancellationToken cancel);

    /// <summary>The store or the cluster is away; it is tried again in a second.</summary>
    protected abstract void LogFailure(string reason);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await wanted.WaitAsync(stoppingToken);
            while (!await TryWakeAsync(stoppingToken)) await Task.Delay(AgainAfter, time, stoppingToken);
        }
    }

    private async Task<bool> TryWakeAsync(CancellationToken cancel)
    {
        try
        {
            await WakeAllAsync(cancel);
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
        {
            LogFailure(e.Message);
            return false;
        }
    }
}

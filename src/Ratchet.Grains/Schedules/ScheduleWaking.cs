using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Schedules;
using Ratchet.Storage;

namespace Ratchet.Grains.Schedules;

/// <summary>
/// Wakes the schedules that have something to do when this silo has started, and when another one is gone: its grains, and more by the way that Orleans'
/// directory is spread, are gone with it, and their watchdogs would take minutes.
/// </summary>
public sealed class ScheduleWaking(IStore store, IGrainFactory grains, ISiloStatusOracle membership, TimeProvider time, ILogger<ScheduleWaking> logger)
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
            foreach (ScheduleKey key in await store.Schedules.ListToWakeAsync(cancel)) await grains.GetGrain<IScheduleGrain>(key.GrainKey).WakeAsync();
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
        {
            ScheduleLog.CannotWake(logger, e.Message);
            return false;
        }
    }
}

using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Grains.Waking;
using Ratchet.Schedules;
using Ratchet.Storage;

namespace Ratchet.Grains.Schedules;

/// <summary>Wakes the schedules that have something to do. With a silo that is gone goes more than its own grains, by the way that Orleans' directory is spread.</summary>
public sealed class ScheduleWaking(IStore store, IGrainFactory grains, ISiloStatusOracle membership, TimeProvider time, ILogger<ScheduleWaking> logger)
    : GrainWaking(membership, time)
{
    protected override async Task WakeAllAsync(CancellationToken cancel)
    {
        foreach (ScheduleKey key in await store.Schedules.ListToWakeAsync(cancel)) await grains.GetGrain<IScheduleGrain>(key.GrainKey).WakeAsync();
    }

    protected override void LogFailure(string reason) => ScheduleLog.CannotWake(logger, reason);
}

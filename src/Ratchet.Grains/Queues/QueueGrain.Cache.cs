using Ratchet.Execution.Caching;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Queues;

/// <summary>
/// Jobs that wait for the result of an equal one. They are a lane of which one job at a time is granted, and the one whose turn it is finds the result at its node. As
/// that is a hand-out for each of them, all that wait in the lane are given the result at once when one has ended.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>A job of a lane has ended: there may be a result for those behind it. Nothing happens for a lane without a cache key, or that nobody waits in.</summary>
    private void ReuseWaiting(ReadyJob ended)
    {
        if (LaneKey.CacheOf(ended.Lane, ended.Task.Name) is null) return;
        if (window.Find(ended.Lane) is { } lane && (lane.Waiting > 0 || lane.MoreInStore)) Go(ReuseWaitingAsync(ended));
    }

    private async Task ReuseWaitingAsync(ReadyJob ended)
    {
        IReadOnlyList<JobToken> reused;
        do
        {
            try
            {
                reused = await store.Cache.ReuseWaitingAsync(key, ended.Lane, time.GetUtcNow(), options.StoreBatch, CancellationToken.None);
            }
#pragma warning disable CA1031 // Nobody awaits this, and nothing is lost: they are handed out one by one.
            catch (Exception e)
#pragma warning restore CA1031
            {
                QueueLog.HeldUp(logger, key.ToString(), e);
                return;
            }

            foreach (JobToken job in reused)
            {
                if (window.Settle(job.Id, job.Fence)) _ = GrainFactory.GetGrain<IJobGrain>(job.Id.Value).EndedAsync();
            }

            if (reused.Count > 0) cacheCounts.Hit(key.Tenant, ended.Task.Name, reused.Count);
        }
        while (reused.Count == options.StoreBatch);
        HandOut();
    }
}

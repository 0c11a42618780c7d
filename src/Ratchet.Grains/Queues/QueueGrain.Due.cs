using Ratchet.Queues;
using Ratchet.Storage;

namespace Ratchet.Grains.Queues;

/// <summary>The due index: one timer for the earliest run-at or backoff of the queue. An idle queue asks the store nothing.</summary>
public sealed partial class QueueGrain
{
    /// <summary>Jobs due within this span are promoted together, which bounds how often the index is read.</summary>
    private static readonly TimeSpan DueGrain = TimeSpan.FromMilliseconds(20);

    private IGrainTimer? dueTimer;
    private DateTimeOffset? nextDue;

    private void ArmDue(DateTimeOffset due)
    {
        // A due time in the past whose timer has not fired means that the clock was set ahead: the timer is set anew.
        DateTimeOffset now = time.GetUtcNow();
        if (nextDue <= due && nextDue > now) return;
        nextDue = due;
        TimeSpan wait = due - now;
        // Timers cannot run longer than about 49 days; a far due time is looked at again by the watchdog.
        wait = wait < DueGrain ? DueGrain : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
        dueTimer?.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task PromoteAsync(CancellationToken cancel)
    {
        nextDue = null;
        try
        {
            int batch = options.Value.StoreBatch;
            IReadOnlyList<ReadyJob> promoted;
            do
            {
                promoted = await store.Jobs.PromoteDueAsync(key, time.GetUtcNow(), batch, cancel);
                foreach (ReadyJob job in promoted) window.Offer(job);
                HandOut();
            }
            while (promoted.Count == batch);
            if (await store.Jobs.NextDueAsync(key, cancel) is { } due) ArmDue(due);
        }
        catch (StoreUnavailableException e)
        {
            QueueLog.StoreAway(logger, key.ToString(), e.Message);
            RetryLater();
        }
    }
}

using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Queues;

/// <summary>The due index: one timer for the earliest run-at, backoff, deadline or escalation of the queue. An idle queue asks the store nothing.</summary>
public sealed partial class QueueGrain
{
    /// <summary>Jobs due within this span are worked off together, which bounds how often the index is read.</summary>
    private static readonly TimeSpan DueGrain = TimeSpan.FromMilliseconds(20);

    private Alarm? due;

    private void ArmDue(DateTimeOffset at) => due!.Set(at);

    private async Task WorkOffDueAsync(CancellationToken cancel)
    {
        due!.Fired();
        try
        {
            int batch = options.StoreBatch;
            IReadOnlyList<ReadyJob> promoted;
            do
            {
                promoted = await store.Jobs.PromoteDueAsync(key, time.GetUtcNow(), batch, cancel);
                foreach (ReadyJob job in promoted) window.Offer(job);
                HandOut();
            }
            while (promoted.Count == batch);
            await EscalateAsync(batch, cancel);
            await ExpireDueAsync(batch, cancel);
            ReviewCircuits();
            if (await store.Jobs.NextDueAsync(key, cancel) is { } next) ArmDue(next);
            HandOut();
        }
#pragma warning disable CA1031 // Whatever it was, without another try the jobs that are due would wait for the watchdog.
        catch (Exception e)
#pragma warning restore CA1031
        {
            QueueLog.HeldUp(logger, key.ToString(), e);
            RetryLater();
        }
    }

    private async Task EscalateAsync(int batch, CancellationToken cancel)
    {
        EscalatedJobs raised;
        do
        {
            raised = await store.Jobs.EscalateDueAsync(key, time.GetUtcNow(), batch, cancel);
            foreach (ReadyJob job in raised.Ready) window.Rerank(job);
        }
        while (raised.Count == batch);
    }

    private async Task ExpireDueAsync(int batch, CancellationToken cancel)
    {
        IReadOnlyList<JobToken> overdue;
        int moved;
        do
        {
            overdue = await store.Jobs.ReadExpiredAsync(key, time.GetUtcNow(), batch, cancel);
            // What is on its way to a node, or there, has started in time; only the row does not say so yet.
            moved = await ExpireAsync([.. overdue.Where(o => NodeOf(o.Id) is null)]);
        }
        while (overdue.Count == batch && moved > 0);
    }

    private async Task<int> ExpireAsync(List<JobToken> overdue)
    {
        if (overdue.Count == 0) return 0;
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            IReadOnlyList<bool> moved = await journal.MoveAsync(
                [.. overdue.Select(o => new JobMove(o.Id, JobTransition.Expire, now, o.Fence) { Actor = "queue" })], CancellationToken.None);
            for (int i = 0; i < moved.Count; i++)
            {
                bool watched = window.Settle(overdue[i].Id, overdue[i].Fence);
                if (moved[i] && watched) _ = GrainFactory.GetGrain<IJobGrain>(overdue[i].Id.Value).EndedAsync();
            }

            return moved.Count(m => m);
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            QueueLog.StoreAway(logger, key.ToString(), e.Message);
            RetryLater();
            return 0;
        }
    }
}

using Orleans.Runtime;
using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>Fires that are not at an end: those whose submit a crash cut off, and the one that waits for the running job (QUEUE_ONE).</summary>
public sealed partial class ScheduleGrain
{
    /// <summary>No call waits longer, so that none outlives the response time-out (30 s).</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>The job whose end lets the waiting instant go.</summary>
    private JobId? watched;

    private async Task SubmitOpenAsync()
    {
        if (!mayBeOpen) return;
        IReadOnlyList<FireView> open = await store.Schedules.Fires.ReadOpenAsync(key, Limits.FiresAtOnce, CancellationToken.None);
        mayBeOpen = openLeft = false;
        FireView[] pending = [.. open.Where(f => f.State == FireState.Pending)];
        FireView? waiting = open.LastOrDefault(f => f.State == FireState.Waiting);
        if (pending.Length == 0 && waiting is null) return;

        IReadOnlyList<JobId> running = await store.Schedules.Fires.ReadRunningAsync(key, CancellationToken.None);
        if (pending.Length > 0)
        {
            ScheduleLog.Recovered(logger, key.ToString(), pending.Length);
            await SubmitAsync(pending, running);
            if (open.Count == Limits.FiresAtOnce)
            {
                // There may be more than one reading takes.
                mayBeOpen = true;
                WorkSoon();
            }
        }

        if (waiting is null || openLeft) return;
        // What was just submitted counts: at most one runs.
        if (pending.Length > 0) running = await store.Schedules.Fires.ReadRunningAsync(key, CancellationToken.None);
        if (running.Count > 0) await WaitAsync(waiting, running);
        else await ReleaseAsync(waiting);
    }

    /// <summary>The newest instant waits, alone, for the end of the oldest running job.</summary>
    private async Task WaitAsync(FireView waiting, IReadOnlyList<JobId> running)
    {
        await store.Schedules.Fires.SkipOlderWaitingAsync(key, waiting.Instant, OverlapPlan.Newer, CancellationToken.None);
        mayBeOpen = true;
        // Without a running job it is one of this turn's that is waited for, which the next turn finds.
        if (running.Count == 0) WorkSoon();
        if (running.Count == 0 || watched is not null) return;
        watched = running[0];
        endTimer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task ReleaseAsync(FireView waiting)
    {
        await store.Schedules.Fires.SkipOlderWaitingAsync(key, waiting.Instant, OverlapPlan.Newer, CancellationToken.None);
        await store.Schedules.Fires.MarkAsync(key, [new FireMark(waiting.Instant, FireState.Waiting, FireState.Pending)], CancellationToken.None);
        await SubmitAsync([waiting with { State = FireState.Pending }], []);
    }

    private async Task WatchEndAsync(CancellationToken cancel)
    {
        TimeSpan again = TimeSpan.Zero;
        try
        {
            if (watched is { } job)
            {
                // A call that hangs would hold up the silo's stop.
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
                JobView? now = await GrainFactory.GetGrain<IJobGrain>(job.Value).WaitAsync(key.Tenant, told: false, LongestWait, either.Token).WaitAsync(either.Token);
                if (now is null || now.State.IsTerminal()) watched = null;
            }
        }
        catch (OperationCanceledException)
        {
            // The row waits, for whoever wakes the schedule next.
            return;
        }
        catch (Exception e) when (e is RatchetException or OrleansException or TimeoutException)
        {
            ScheduleLog.TriesAgain(logger, key.ToString(), e.Message);
            again = RetryAfterFailure;
        }

        if (watched is null) WorkSoon();
        else endTimer.Change(again, Timeout.InfiniteTimeSpan);
    }
}

using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Grains.Jobs;

/// <summary>Why the job does not run.</summary>
public sealed partial class JobGrain
{
    private const int MostHolders = 20;

    public async Task<JobExplanation?> WhyAsync(string tenant)
    {
        if (await store.Jobs.GetAsync(tenant, Id, CancellationToken.None) is not { } job) return null;
        if (job.State != JobState.Queued) return WhyText.OfState(job);
        var queue = new QueueKey(tenant, job.Queue);
        if (await store.Jobs.ReadReadyAsync(tenant, Id, CancellationToken.None) is not { } ready) return await WhyAsync(tenant);
        QueueExplanation found = await GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).ExplainAsync(Id, ready.Lane, ready.Rank);
        (long ahead, long byPriority) = found.Cause == WaitCause.Running ? (0, 0) : await store.Jobs.AheadAsync(queue, ready, JobExplanation.MostAhead, CancellationToken.None);
        IReadOnlyList<JobId> holders = await HoldersAsync(tenant, found);
        DateTimeOffset? estimate = await EstimateAsync(queue, ready, found, (int)ahead);
        return new JobExplanation
        {
            Job = job,
            Cause = found.Cause,
            Text = WhyText.OfQueued(job, found, ahead, byPriority, holders),
            Subject = WhyText.SubjectOf(found),
            Until = found.Until,
            Holders = holders,
            Ahead = ahead,
            AheadByPriority = byPriority,
            Estimate = estimate,
        };
    }

    /// <summary>By what limits allow those before it and then it, and by how fast its queue goes.</summary>
    private async Task<DateTimeOffset?> EstimateAsync(QueueKey queue, ReadyJob job, QueueExplanation found, int ahead)
    {
        if (found.Cause is WaitCause.KeyLimit or WaitCause.TaskLimit or WaitCause.RateLimit or WaitCause.CachedResult) return await ByLimitsAsync(queue, job, ahead);
        if (found.Cause is not (WaitCause.Behind or WaitCause.NoRoom or WaitCause.QueueLimit) || found.PerSecond is not > 0) return found.Until;
        DateTimeOffset byPace = time.GetUtcNow() + TimeSpan.FromSeconds((ahead + 1) / found.PerSecond.Value);
        // What goes before it may just be asking for the same limits.
        return await ByLimitsAsync(queue, job, ahead) is { } byLimits && byLimits > byPace ? byLimits : byPace;
    }

    private Task<DateTimeOffset?> ByLimitsAsync(QueueKey queue, ReadyJob job, int ahead) => GrainFactory.GetGrain<ILimiterGrain>(queue.Tenant).EstimateAsync(
        queue, new LimitAsk(job.Id, LaneKey.Parse(job.Lane), job.Options?.ConcurrencyLimit, job.Options?.RateLimit, job.Fence), ahead);

    private async Task<IReadOnlyList<JobId>> HoldersAsync(string tenant, QueueExplanation found)
    {
        if (found.Cause == WaitCause.CachedResult) return await GrainFactory.GetGrain<ILimiterGrain>(tenant).HoldersAsync(found.Key!, MostHolders);
        LimitScope scope;
        switch (found.Cause)
        {
            case WaitCause.KeyLimit: scope = LimitScope.Key; break;
            case WaitCause.TaskLimit: scope = LimitScope.Task; break;
            case WaitCause.QueueLimit: scope = LimitScope.Queue; break;
            default: return [];
        }

        LimitView? limit = await GrainFactory.GetGrain<ILimiterGrain>(tenant).GetAsync(scope, WhyText.SubjectOf(found)!);
        return limit is null ? [] : [.. limit.Holders.Take(MostHolders)];
    }
}

using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>Why a job of this queue does not run yet.</summary>
public sealed partial class QueueGrain
{
    public Task<QueueExplanation> ExplainAsync(JobId job, string lane, DateTimeOffset rank)
    {
        Lane? its = window.Find(lane);
        int ahead = its?.Before(new ReadyOrder(rank, job)) ?? 0;
        (WaitCause cause, string? about, DateTimeOffset? until) = CauseOf(job, its, ahead);
        int room = nodes.Values.Sum(n => n.Open ? n.Free : 0);
        return Task.FromResult(new QueueExplanation(cause, about, until, ahead, InFlight, room, endRate.PerSecond));
    }

    /// <summary>The first thing in the way, in the order in which a hand-out meets them.</summary>
    private (WaitCause, string?, DateTimeOffset?) CauseOf(JobId job, Lane? lane, int ahead)
    {
        if (NodeOf(job) is { } node) return (WaitCause.Running, node.Name, null);
        if (!recovered) return (WaitCause.Starting, null, null);
        if (mode == WorkMode.Paused) return (WaitCause.QueuePaused, key.Name, null);
        if (nodes.Values.All(n => n.Capacity <= 0)) return (WaitCause.NoNode, null, null);
        if (lane?.Hold is { Cause: not WaitCause.None } hold) return (hold.Cause, hold.Key, hold.Until);
        if (queueLimit is { } most && InFlight >= most) return (WaitCause.QueueLimit, key.Name, null);
        if (lane is null || ahead > 0 || !window.IsWaiting(job)) return (WaitCause.Behind, null, null);
        return nodes.Values.Any(n => n.Open) ? (WaitCause.Behind, null, null) : (WaitCause.NoRoom, null, null);
    }
}

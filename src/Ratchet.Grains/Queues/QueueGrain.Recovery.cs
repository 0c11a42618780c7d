using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;
using Ratchet.Workers;

namespace Ratchet.Grains.Queues;

/// <summary>
/// Taking up what others left: on activation, on membership changes and on the watchdog. Meets the live nodes, learns what they run,
/// takes back what dead ones held, in bounded batches, and looks at the due index.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>A node that is alive answers in milliseconds; one that has just died would have its silence waited for for half a minute.</summary>
    private static readonly TimeSpan MeetPatience = TimeSpan.FromSeconds(3);

    private IGrainTimer? retryTimer;
    private bool recoverAgain;

    /// <summary>Nodes that are being asked what they run, with what they have told of ends since: their answer may be older than that.</summary>
    private readonly Dictionary<string, HashSet<JobToken>> meeting = new(StringComparer.Ordinal);

    /// <summary>By incarnation: what nodes were asked and have not answered, or have answered after nobody waited any more.</summary>
    private readonly Dictionary<string, Task<NodeLink?>> answers = new(StringComparer.Ordinal);

    private async Task RecoverAsync(CancellationToken cancel)
    {
        if (over) return;
        if (recovering)
        {
            recoverAgain = true;
            return;
        }

        recovering = true;
        try
        {
            do
            {
                recoverAgain = false;
                await ReadSettingsAsync(cancel);
                (List<NodeLink> met, bool all) = await MeetNodesAsync();
                await JoinLimitsAsync();
                foreach (NodeLink node in met) node.InDoubt = false;
                if (!all) RetryLater();
                await ReleaseLostAsync(cancel);
                if (await store.Jobs.NextDueAsync(key, cancel) is { } next) ArmDue(next);
                window.Invalidate();
                recovered = true;
            }
            while (recoverAgain && !over);
        }
#pragma warning disable CA1031 // Whatever it was, a queue that does not come up holds all its jobs: it is tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            QueueLog.HeldUp(logger, key.ToString(), e);
            RetryLater();
        }
        finally
        {
            recovering = false;
        }

        foreach (string task in gates.Keys.ToList()) Go(SubscribeAsync(task));
        HandOut();
    }

    /// <summary>All at once: one that does not answer, dead and not yet known to be, must not hold up the work of the others.</summary>
    private async Task<(List<NodeLink> Met, bool All)> MeetNodesAsync()
    {
        IReadOnlyList<LiveNode> live = directory.Live();
        foreach (string gone in nodes.Keys.Except(live.Select(n => n.Name)).ToList()) DropNode(gone);
        foreach (string gone in answers.Keys.Except(live.Select(n => n.Incarnation)).ToList()) answers.Remove(gone);
        var asked = new List<Task<NodeLink?>>();
        foreach (LiveNode node in live)
        {
            if (nodes.TryGetValue(node.Name, out NodeLink? link) && link.Incarnation == node.Incarnation && !link.InDoubt) continue;
            if (link is not null && link.Incarnation != node.Incarnation) DropNode(node.Name);
            asked.Add(TryMeetAsync(node));
        }

        NodeLink?[] met = await Task.WhenAll(asked);
        return ([.. met.OfType<NodeLink>()], !met.Contains(null));
    }

    private async Task<NodeLink?> TryMeetAsync(LiveNode node)
    {
        if (!answers.TryGetValue(node.Incarnation, out Task<NodeLink?>? answer)) answers[node.Incarnation] = answer = MeetAsync(node);
        try
        {
            return await answer.WaitAsync(MeetPatience, time);
        }
        catch (Exception e) when (QueueLog.IsForeseen(e))
        {
            QueueLog.NodeAway(logger, key.ToString(), node.Name, e.Message);
            return null;
        }
        finally
        {
            // One that is only late is waited for again, not asked again: a busy node would never be met.
            if (answer.IsCompleted) answers.Remove(node.Incarnation);
        }
    }

    /// <summary>Null when the node has been asked again meanwhile: its later answer counts.</summary>
    private async Task<NodeLink?> MeetAsync(LiveNode node)
    {
        var owner = Guid.CreateVersion7(time.GetUtcNow());
        HashSet<JobToken> ended = meeting[node.Name] = [];
        NodeAttachment attachment;
        bool superseded;
        try
        {
            attachment = await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).AttachAsync(key, owner);
        }
        finally
        {
            superseded = meeting.GetValueOrDefault(node.Name) != ended;
            if (!superseded) meeting.Remove(node.Name);
        }

        if (superseded) return null;
        // Nothing goes there before the keeper of limits has been there, too.
        var link = new NodeLink(node.Name, attachment.Node, owner, attachment.Capacity) { InDoubt = true };
        foreach (ReadyJob job in attachment.Running)
        {
            if (ended.Contains(new JobToken(job.Id, job.Fence))) continue;
            link.InFlight[job.Id] = job;
            window.NoteRunning(job);
        }

        // What an earlier hand-out gave this node and it does not have: it never got it, or it ended. The row knows; the refill reads it.
        if (nodes.TryGetValue(node.Name, out NodeLink? before))
        {
            foreach (ReadyJob job in before.InFlight.Values.Where(job => !link.InFlight.ContainsKey(job.Id)))
            {
                window.Settle(job.Id, job.Fence);
                NoteEnded(job);
            }
        }

        nodes[node.Name] = link;
        Reorder();
        return link;
    }

    private void Reorder() => order = [.. nodes.Values.OrderBy(n => n.Name, StringComparer.Ordinal)];

    /// <summary>Tells the keeper of limits all that this queue has handed out, so that it neither forgets nor keeps more.</summary>
    private async Task JoinLimitsAsync()
    {
        await limiterTurn.WaitAsync();
        try
        {
            List<LimitHolder> holding =
                [.. nodes.Values.SelectMany(n => n.InFlight.Values).Concat(granted).Select(j => new LimitHolder(j.Id, key, LaneKey.Parse(j.Lane)))];
            Adopt(await Limiter.JoinAsync(key, holding));
        }
        finally
        {
            limiterTurn.Release();
        }
    }

    private void DropNode(string name)
    {
        if (!nodes.Remove(name, out NodeLink? link)) return;
        Reorder();
        foreach (ReadyJob job in link.InFlight.Values)
        {
            window.Settle(job.Id, job.Fence);
            NoteEnded(job);
        }

        QueueLog.NodeGone(logger, name, link.InFlight.Count, key.ToString());
    }

    private async Task ReleaseLostAsync(CancellationToken cancel)
    {
        string[] live = [.. directory.Live().Select(n => n.Incarnation)];
        int batch = options.StoreBatch;
        int released, total = 0;
        do
        {
            released = await store.Jobs.ReleaseLostAsync(key, live, time.GetUtcNow(), batch, cancel);
            total += released;
        }
        while (released == batch);
        if (total > 0) QueueLog.TakenBack(logger, total, key.ToString());
    }

    private void RetryLater() => retryTimer?.Change(RetryAfterFailure, Timeout.InfiniteTimeSpan);
}

using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Workers;

namespace Ratchet.Grains.Queues;

/// <summary>
/// Taking up what others left: on activation, on membership changes and on the watchdog. Meets the live nodes, learns what they run,
/// takes back what dead ones held, in bounded batches, and looks at the due index.
/// </summary>
public sealed partial class QueueGrain
{
    private IGrainTimer? retryTimer;
    private bool recoverAgain;

    private async Task RecoverAsync(CancellationToken cancel)
    {
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
                await MeetNodesAsync();
                await ReleaseLostAsync(cancel);
                nextDue = null;
                if (await store.Jobs.NextDueAsync(key, cancel) is { } due) ArmDue(due);
                window.Invalidate();
                recovered = true;
            }
            while (recoverAgain);
        }
        catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
        {
            QueueLog.StoreAway(logger, key.ToString(), e.Message);
            RetryLater();
        }
        finally
        {
            recovering = false;
        }

        if (window.MoreInStore && !window.Reading) await RefillAsync();
        else HandOut();
    }

    private async Task MeetNodesAsync()
    {
        IReadOnlyList<LiveNode> live = directory.Live();
        foreach (string gone in nodes.Keys.Except(live.Select(n => n.Name)).ToList()) DropNode(gone);
        foreach (LiveNode node in live)
        {
            if (nodes.TryGetValue(node.Name, out NodeLink? link) && link.Incarnation == node.Incarnation && !link.InDoubt) continue;
            if (link is not null && link.Incarnation != node.Incarnation) DropNode(node.Name);
            await MeetAsync(node);
        }
    }

    private async Task MeetAsync(LiveNode node)
    {
        var owner = Guid.CreateVersion7(time.GetUtcNow());
        NodeAttachment attachment = await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).AttachAsync(key, owner);
        var link = new NodeLink(node.Name, attachment.Node, owner, attachment.Capacity);
        foreach (ReadyJob job in attachment.Running)
        {
            link.InFlight[job.Id] = job;
            window.NoteRunning(job);
        }

        // What an earlier hand-out gave this node and it does not have: it never got it, or it ended. The row knows; the refill reads it.
        if (nodes.TryGetValue(node.Name, out NodeLink? before))
        {
            foreach (JobId id in before.InFlight.Keys.Where(id => !link.InFlight.ContainsKey(id))) window.Settle(id);
        }

        nodes[node.Name] = link;
    }

    private void DropNode(string name)
    {
        if (!nodes.Remove(name, out NodeLink? link)) return;
        foreach (JobId id in link.InFlight.Keys) window.Settle(id);
        QueueLog.NodeGone(logger, name, link.InFlight.Count, key.ToString());
    }

    private async Task ReleaseLostAsync(CancellationToken cancel)
    {
        string[] live = [.. directory.Live().Select(n => n.Incarnation)];
        int batch = options.Value.StoreBatch;
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

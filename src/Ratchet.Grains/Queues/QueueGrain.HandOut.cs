using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Workers;

namespace Ratchet.Grains.Queues;

/// <summary>Hand-out of the window's best jobs to nodes with room, and the refill of the window.</summary>
public sealed partial class QueueGrain
{
    private void HandOut()
    {
        if (!recovered) return;
        while (FreestNode() is { } node)
        {
            List<ReadyJob> batch = TakeBatch(Math.Min(node.Free, options.Value.HandOutBatch));
            if (batch.Count == 0) break;
            foreach (ReadyJob job in batch) node.InFlight.Add(job.Id, job);
            _ = SendAsync(node, batch);
        }

        if (window.NeedsRead(options.Value.LowWater)) _ = RefillAsync();
    }

    private NodeLink? FreestNode()
    {
        NodeLink? best = null;
        foreach (NodeLink node in nodes.Values)
        {
            if (!node.InDoubt && node.Free > 0 && (best is null || node.Free > best.Free)) best = node;
        }

        return best;
    }

    private List<ReadyJob> TakeBatch(int most)
    {
        var batch = new List<ReadyJob>(most);
        while (batch.Count < most && window.Take() is { } job) batch.Add(job);
        return batch;
    }

    private async Task SendAsync(NodeLink node, List<ReadyJob> batch)
    {
        try
        {
            bool taken = await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).RunAsync(key, node.Owner, batch);
            if (taken) return;
            foreach (ReadyJob job in batch)
            {
                node.InFlight.Remove(job.Id);
                window.Return(job);
            }

            node.InDoubt = true;
            await RecoverAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
        {
            // The node may have the jobs or not. It is asked before anything else goes there.
            QueueLog.HandOutFailed(logger, batch.Count, key.ToString(), node.Name, e.Message);
            node.InDoubt = true;
            RetryLater();
        }
    }

    private async Task RefillAsync()
    {
        try
        {
            int asked = window.BeginRead(options.Value.Window);
            IReadOnlyList<ReadyJob> rows = await store.Jobs.ReadReadyAsync(key, asked, CancellationToken.None);
            window.EndRead(rows);
        }
        catch (StoreUnavailableException e)
        {
            window.AbandonRead();
            QueueLog.StoreAway(logger, key.ToString(), e.Message);
            RetryLater();
            return;
        }

        HandOut();
    }
}

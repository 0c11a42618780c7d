using Ratchet.Execution.Caching;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Storage.Caching;

namespace Ratchet.Execution.Nodes;

/// <summary>Jobs that share their results: the last look for one before a script runs.</summary>
public sealed partial class NodeAgent
{
    /// <summary>Ends the jobs for which there is a result, and returns the others. When the store cannot be asked they are run: a result more is no harm.</summary>
    private async Task<List<NodeRun>> ReuseAsync(List<NodeRun> runs)
    {
        List<NodeRun> asking = runs.FindAll(r => r.CacheKey is not null);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            IReadOnlyList<JobId?> sources = await store.Cache.ReuseAsync([.. asking.Select(r => new ReuseAsk(r.Job.Id, r.Job.Fence, r.Job.Lane))], now, CancellationToken.None);
            for (int i = 0; i < asking.Count; i++) asking[i].ReusedFrom = sources[i];
        }
#pragma warning disable CA1031 // Whatever it was, the jobs are here and have to go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            CacheLog.NotLooked(logger, asking.Count, e.Message);
        }

        foreach (NodeRun run in asking)
        {
            if (run.ReusedFrom is null) cacheCounts.Miss(run.Queue.Tenant, run.Job.Task.Name);
            else EndReused(run);
        }

        return runs.FindAll(r => r.ReusedFrom is null);
    }

    private void EndReused(NodeRun run)
    {
        cacheCounts.Hit(run.Queue.Tenant, run.Job.Task.Name);
        run.Log.End();
        run.Outcome = new RunOutcome { StartedAt = run.AcceptedAt, FinishedAt = time.GetUtcNow() };
        sink.Ended(run);
    }
}

using Orleans.Concurrency;
using Ratchet.Workers;

namespace Ratchet.Grains.Workers;

/// <summary>See <see cref="IWorkerDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class WorkerDirectoryGrain(NodeDirectory directory) : Grain, IWorkerDirectoryGrain
{
    public async Task<IReadOnlyList<WorkerNodeView>> ListAsync()
    {
        WorkerNodeView?[] views = await Task.WhenAll(directory.Live().Select(ViewAsync));
        return [.. views.OfType<WorkerNodeView>().OrderBy(v => v.Name, StringComparer.Ordinal)];
    }

    public async Task<bool> SetDrainingAsync(string name, bool draining)
    {
        if (directory.Find(name) is null) return false;
        await GrainFactory.GetGrain<IWorkerNodeGrain>(name).SetDrainingAsync(draining);
        return true;
    }

    private async Task<WorkerNodeView?> ViewAsync(LiveNode node)
    {
        try
        {
            return await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).GetAsync();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Just leaving, or just dead and not known to be.
            return null;
        }
    }
}

using Orleans.Concurrency;
using Ratchet.Storage;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>See <see cref="ITaskDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class TaskDirectoryGrain(IStore store) : Grain, ITaskDirectoryGrain
{
    /// <summary>The store knows which tasks there are; their modes and circuits are known to themselves.</summary>
    public async Task<IReadOnlyList<TaskView>> ListAsync(string tenant, CancellationToken cancel)
    {
        IReadOnlyList<CurrentTaskRecord> records = await store.Tasks.ListAsync(tenant, cancel);
        TaskView?[] views = await Task.WhenAll(records.Select(r => GrainFactory.GetGrain<ITaskGrain>(new TaskKey(tenant, r.Package.Name).GrainKey).GetAsync()));
        return [.. views.OfType<TaskView>()];
    }
}

using Orleans.Concurrency;
using Ratchet.Storage;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>See <see cref="ITaskDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class TaskDirectoryGrain(IStore store) : Grain, ITaskDirectoryGrain
{
    public async Task<IReadOnlyList<TaskView>> ListAsync(string tenant, CancellationToken cancel) =>
        [.. (await store.Tasks.ListAsync(tenant, cancel)).Select(r => TaskViews.Of(r, [r.Package.Version]))];
}

using Orleans.Concurrency;
using Ratchet.Bulk;
using Ratchet.Storage;

namespace Ratchet.Grains.Bulk;

/// <summary>See <see cref="IBulkDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class BulkDirectoryGrain(IStore store) : Grain, IBulkDirectoryGrain
{
    public async Task<IReadOnlyList<BulkView>> ListAsync(string tenant, int limit, CancellationToken cancel) =>
        [.. (await store.Bulk.ListAsync(tenant, Math.Clamp(limit, 1, Limits.ListRows), cancel)).Select(BulkGrain.View)];
}

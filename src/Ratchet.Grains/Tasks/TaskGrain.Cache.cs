using Ratchet.Caching;
using Ratchet.Storage.Caching;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>The results that the task's jobs share.</summary>
public sealed partial class TaskGrain
{
    public async Task<CacheView> GetCacheAsync()
    {
        if (versions.Count == 0) throw new UnknownTaskException(key.Name);
        TaskVersionRecord? current = versions.FirstOrDefault(v => v.Current);
        CacheFigures figures = await store.Cache.GetFiguresAsync(key.Tenant, key.Name, time.GetUtcNow(), CancellationToken.None);
        return new CacheView(current?.Execution.Cache, figures.Entries, figures.Hits, figures.Misses, figures.Waiting, figures.PurgedAt);
    }

    public async Task<int> PurgeCacheAsync()
    {
        if (versions.Count == 0) throw new UnknownTaskException(key.Name);
        return await store.Cache.PurgeAsync(key.Tenant, key.Name, time.GetUtcNow(), CancellationToken.None);
    }
}

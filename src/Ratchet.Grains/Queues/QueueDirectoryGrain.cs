using Orleans.Concurrency;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Controls;

namespace Ratchet.Grains.Queues;

/// <summary>See <see cref="IQueueDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class QueueDirectoryGrain(IStore store) : Grain, IQueueDirectoryGrain
{
    public async Task<IReadOnlyList<QueueView>> ListAsync(string tenant, CancellationToken cancel)
    {
        IReadOnlyList<QueueSetting> queues = await store.Controls.ListQueuesAsync(tenant, cancel);
        return await Task.WhenAll(queues.Select(q => ViewAsync(new QueueKey(tenant, q.Name), q, cancel)));
    }

    public async Task<QueueView?> GetAsync(string tenant, string name, CancellationToken cancel)
    {
        QueueSetting? found = (await store.Controls.ListQueuesAsync(tenant, cancel)).FirstOrDefault(q => q.Name == name);
        return found is null ? null : await ViewAsync(new QueueKey(tenant, name), found, cancel);
    }

    private async Task<QueueView> ViewAsync(QueueKey queue, QueueSetting setting, CancellationToken cancel)
    {
        QueueStats stats = await GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).StatsAsync();
        IReadOnlyDictionary<JobState, long> counts = await store.Jobs.CountByStateAsync(queue, cancel);
        LimitRule? limit = (await store.Controls.GetLimitsAsync(queue.Tenant, cancel)).FirstOrDefault(l => l.Scope == LimitScope.Queue && l.Name == queue.Name);
        IReadOnlyList<FairnessWeight> weights = await store.Controls.GetWeightsAsync(queue, cancel);
        return new QueueView(queue.Name, setting.Mode, counts, stats, limit, weights.ToDictionary(w => w.Key, w => w.Weight)) { Revision = setting.Revision };
    }
}

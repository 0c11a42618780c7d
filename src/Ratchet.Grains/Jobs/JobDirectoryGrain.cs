using Orleans.Concurrency;
using Ratchet.Jobs;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Jobs;

/// <summary>See <see cref="IJobDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class JobDirectoryGrain(IStore store) : Grain, IJobDirectoryGrain
{
    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => store.Jobs.GetWholeAsync(tenant, id, cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAsync(string tenant, JobId id, CancellationToken cancel) => store.Jobs.ReadEventsAsync(tenant, id, cancel);

    public async Task<JobPage> ListAsync(string tenant, JobFilter filter, CancellationToken cancel)
    {
        int limit = Math.Clamp(filter.Limit, 1, Limits.ListRows);
        var query = new JobListQuery(filter.States, filter.Task, filter.Queue, filter.Before, filter.Offset, limit);
        IReadOnlyList<JobView> jobs = await store.Jobs.ListAsync(tenant, query, cancel);
        long total = await store.Jobs.CountAsync(tenant, query with { Before = null, Offset = 0 }, cancel);
        return new JobPage(jobs, total);
    }
}

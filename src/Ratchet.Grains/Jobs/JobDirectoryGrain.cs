using Orleans.Concurrency;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Storage;

namespace Ratchet.Grains.Jobs;

/// <summary>See <see cref="IJobDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class JobDirectoryGrain(IStore store) : Grain, IJobDirectoryGrain
{
    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => store.Jobs.GetWholeAsync(tenant, id, cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAsync(string tenant, JobId id, CancellationToken cancel) => store.Jobs.ReadEventsAsync(tenant, id, cancel);

    public Task<ListPage<JobView>> ListAsync(string tenant, ListQuery<JobField> query, CancellationToken cancel) => store.Lists.JobsAsync(tenant, query, cancel);

    public Task<ListPage<ExecutionView>> ListExecutionsAsync(string tenant, ListQuery<ExecutionField> query, CancellationToken cancel) =>
        store.Lists.ExecutionsAsync(tenant, query, cancel);

    public async Task<ExecutionView?> GetExecutionAsync(string tenant, Guid execution, CancellationToken cancel)
    {
        if (await store.Lists.JobOfExecutionAsync(tenant, execution, cancel) is not { } id || await store.Jobs.GetWholeAsync(tenant, id, cancel) is not { } job) return null;
        return job.Executions.FirstOrDefault(e => e.Id == execution) is { } run ? run with { Task = job.Task, TaskVersion = job.TaskVersion, Queue = job.Queue } : null;
    }

    public Task<IReadOnlyList<JobView>> GetManyAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel) =>
        store.Lists.JobsOfAsync(tenant, [.. ids.Take(Limits.ListRows)], cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsOfManyAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel) =>
        store.Lists.ExecutionsOfAsync(tenant, [.. ids.Take(Limits.ListRows)], cancel);
}

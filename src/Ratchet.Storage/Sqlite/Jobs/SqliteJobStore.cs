using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Sqlite;

/// <summary>Jobs on SQLite: <see cref="SqliteJobWriter"/> for sets of writes, the readers for the rest.</summary>
internal sealed class SqliteJobStore(SqliteFile file, TimeProvider time) : IJobStore
{
    private readonly SqliteJobWriter writer = new(file);
    private readonly SqliteJobReader reader = new(file);
    private readonly SqliteQueueReader queues = new(file);

    public Task<JobWriteOutcomes> WriteAsync(JobWrites writes, CancellationToken cancel) => writer.WriteAsync(writes, cancel);

    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => reader.GetAsync(tenant, id, cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel) =>
        reader.GetExecutionsAsync(tenant, id, cancel);

    public Task<IReadOnlyList<JobView>> ListAsync(string tenant, JobListQuery query, CancellationToken cancel) => reader.ListAsync(tenant, query, cancel);

    public Task<long> CountAsync(string tenant, JobListQuery query, CancellationToken cancel) => reader.CountAsync(tenant, query, cancel);

    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, int limit, CancellationToken cancel) => queues.ReadReadyAsync(queue, limit, cancel);

    public Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel) => queues.ReadReadyAsync(tenant, id, cancel);

    public Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel) =>
        reader.ReadInputsAsync(ids, cancel);

    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) =>
        queues.PromoteDueAsync(queue, now, limit, cancel);

    public Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) => queues.NextDueAsync(queue, cancel);

    public async Task<int> ReleaseLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, DateTimeOffset now, int limit, CancellationToken cancel)
    {
        IReadOnlyList<LostJob> lost = await queues.ReadLostAsync(queue, liveNodes, limit, cancel);
        if (lost.Count == 0) return 0;
        // Between the reading and this write an attempt may end after all: its fence decides.
        JobWriteOutcomes written = await writer.WriteAsync(new JobWrites { Ends = [.. lost.Select(l => l.Release(now, time))] }, cancel);
        return written.Ends.Count(accepted => accepted);
    }

    public Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel) => reader.ExecutionExistsAsync(job, execution, cancel);

    public Task<IReadOnlyList<QueueKey>> ListActiveQueuesAsync(CancellationToken cancel) => queues.ListActiveAsync(cancel);

    public Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel) => queues.CountByStateAsync(queue, cancel);
}

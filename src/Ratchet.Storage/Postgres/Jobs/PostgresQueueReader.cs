using Npgsql;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>What the queues ask: ready work, due work, lost work.</summary>
internal sealed class PostgresQueueReader(PostgresConnections connections, SqlTexts sql) : IQueueReader
{
    public Task<IReadOnlyList<string>> ReadLanesAsync(QueueKey queue, string after, int limit, CancellationToken cancel) => connections.ListAsync(
        sql["jobs.ReadLanes"], p => p.With(queue.Tenant).With(queue.Name).With(after).With(limit), row => row.GetString(0), cancel);

    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, IReadOnlyList<LaneRead> lanes, CancellationToken cancel) => connections.ListAsync(
        sql["jobs.ReadReady"],
        p => p.With(queue.Tenant).With(queue.Name).With(lanes.Select(l => l.Lane).ToArray()).With(lanes.Select(l => l.Want).ToArray()).With(Limits.InlineInputBytes)
            .With(lanes.Select(l => l.Rank.UtcDateTime).ToArray()).With(lanes.Select(l => l.Id.Value).ToArray()),
        PostgresReadyRow.Read,
        cancel);

    public async Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel)
    {
        IReadOnlyList<ReadyJob> found = await connections.ListAsync(
            sql["jobs.ReadOneReady"], p => p.With(tenant).With(id.Value).With(Limits.InlineInputBytes), PostgresReadyRow.Read, cancel);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) => (await connections.ListAsync(
        sql["jobs.NextDue"], p => p.With(queue.Tenant).With(queue.Name), row => row.TimeOrNull(0), cancel))[0];

    public Task<IReadOnlyList<JobToken>> ReadExpiredAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => connections.ListAsync(
        sql["jobs.ReadExpired"],
        p => p.With(queue.Tenant).With(queue.Name).With(now.UtcDateTime).With(limit),
        row => new JobToken(new JobId(row.GetGuid(0)), row.GetInt64(1)),
        cancel);

    public Task<IReadOnlyList<LostJob>> ReadLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, int limit, CancellationToken cancel) =>
        connections.ListAsync(
            sql["jobs.ReadLost"],
            p => p.With(queue.Tenant).With(queue.Name).With(liveNodes.ToArray()).With(limit),
            row => new LostJob(new JobId(row.GetGuid(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.TimeOrNull(5)),
            cancel);

    public Task<IReadOnlyList<QueueKey>> ListActiveAsync(CancellationToken cancel) => connections.ListAsync(
        sql["queues.ListActiveQueues"], _ => { }, row => new QueueKey(row.GetString(0), row.GetString(1)), cancel);

    public async Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel)
    {
        IReadOnlyList<(JobState State, long Count)> counts = await connections.ListAsync(
            sql["jobs.CountByState"], p => p.With(queue.Tenant).With(queue.Name), row => (JobStates.Parse(row.GetString(0)), row.GetInt64(1)), cancel);
        return counts.ToDictionary(c => c.State, c => c.Count);
    }
}

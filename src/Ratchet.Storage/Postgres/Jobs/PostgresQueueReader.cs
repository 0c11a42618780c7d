using Npgsql;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;
using Ratchet.Tasks;

namespace Ratchet.Storage.Postgres;

/// <summary>What the queues ask: ready work, due work, lost work.</summary>
internal sealed class PostgresQueueReader(PostgresConnections connections, SqlTexts sql)
{
    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, int limit, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.ReadReady"]);
            command.Parameters.With(queue.Tenant).With(queue.Name).With(limit).With(Limits.InlineInputBytes);
            return await ReadJobsAsync(command, cancel);
        },
        cancel);

    public Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.ReadOneReady"]);
            command.Parameters.With(tenant).With(id.Value).With(Limits.InlineInputBytes);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? ReadJob(row) : null;
        },
        cancel);

    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => connections.WriteAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.PromoteDue"]);
            command.Parameters.With(queue.Tenant).With(queue.Name).With(now.UtcDateTime).With(limit).With(Limits.InlineInputBytes);
            return await ReadJobsAsync(command, cancel);
        },
        cancel);

    public Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.NextDue"]);
            command.Parameters.With(queue.Tenant).With(queue.Name);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? row.TimeOrNull(0) : null;
        },
        cancel);

    public Task<IReadOnlyList<LostJob>> ReadLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, int limit, CancellationToken cancel) =>
        connections.ReadAsync(async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.ReadLost"]);
            command.Parameters.With(queue.Tenant).With(queue.Name).With(liveNodes.ToArray()).With(limit);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            var lost = new List<LostJob>();
            while (await row.ReadAsync(cancel))
            {
                lost.Add(new LostJob(new JobId(row.GetGuid(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.TimeOrNull(5)));
            }
            return (IReadOnlyList<LostJob>)lost;
        }, cancel);

    public Task<IReadOnlyList<QueueKey>> ListActiveAsync(CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["queues.ListActiveQueues"]);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            var queues = new List<QueueKey>();
            while (await row.ReadAsync(cancel)) queues.Add(new QueueKey(row.GetString(0), row.GetString(1)));
            return (IReadOnlyList<QueueKey>)queues;
        },
        cancel);

    public Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.CountByState"]);
            command.Parameters.With(queue.Tenant).With(queue.Name);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            var counts = new Dictionary<JobState, long>();
            while (await row.ReadAsync(cancel)) counts.Add(JobStates.Parse(row.GetString(0)), row.GetInt64(1));
            return (IReadOnlyDictionary<JobState, long>)counts;
        },
        cancel);

    private static async Task<IReadOnlyList<ReadyJob>> ReadJobsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var jobs = new List<ReadyJob>();
        while (await row.ReadAsync(cancel)) jobs.Add(ReadJob(row));
        return jobs;
    }

    private static ReadyJob ReadJob(NpgsqlDataReader row) => new()
    {
        Id = new JobId(row.GetGuid(0)),
        Task = new TaskReference(row.GetString(1), row.GetString(2), row.GetString(3)),
        Priority = (JobPriority)row.GetInt16(4),
        ReadyAt = row.GetFieldValue<DateTimeOffset>(5),
        Fence = row.GetInt64(6),
        Attempts = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LostWorkers = row.GetInt32(9),
        Input = row.OrNull<byte[]>(10),
        TraceParent = row.OrNull<string>(11),
    };
}

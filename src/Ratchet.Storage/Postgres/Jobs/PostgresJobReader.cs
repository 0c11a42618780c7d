using Npgsql;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>Jobs and executions as clients see them.</summary>
internal sealed class PostgresJobReader(PostgresConnections connections, SqlTexts sql) : IJobReader
{
    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.Get"]);
            command.Parameters.With(tenant).With(id.Value);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? ReadOne(row) : null;
        },
        cancel);

    public Task<JobView?> GetWholeAsync(string tenant, JobId id, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            // One way there and back for both.
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(Ask("jobs.Get"));
            batch.BatchCommands.Add(Ask("executions.ReadExecutions"));
            await using NpgsqlDataReader row = await batch.ExecuteReaderAsync(cancel);
            if (!await row.ReadAsync(cancel)) return null;
            JobView job = ReadOne(row);
            await row.NextResultAsync(cancel);
            var executions = new List<ExecutionView>();
            while (await row.ReadAsync(cancel)) executions.Add(ReadExecution(row, id));
            return job with { Executions = executions };

            NpgsqlBatchCommand Ask(string name)
            {
                var command = new NpgsqlBatchCommand(sql[name]);
                command.Parameters.With(tenant).With(id.Value);
                return command;
            }
        },
        cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel) => connections.ListAsync(
        sql["executions.ReadExecutions"], p => p.With(tenant).With(id.Value), row => ReadExecution(row, id), cancel);

    public async Task<(long Ahead, long ByPriority)> AheadAsync(QueueKey queue, ReadyJob job, int most, CancellationToken cancel) => (await connections.ListAsync(
        sql["jobs.Ahead"],
        p => p.With(queue.Tenant).With(queue.Name).With(job.Lane).With(job.Rank.UtcDateTime).With(job.Id.Value).With((short)job.Priority).With(most),
        row => (row.GetInt64(0), row.GetInt64(1)),
        cancel))[0];

    public Task<IReadOnlyList<PickedJob>> PickAsync(string tenant, PickQuery query, JobId after, int limit, CancellationToken cancel) => connections.ListAsync(
        sql["jobs.Pick"],
        p => p.With(tenant).WithStates(query.States).With(query.Task).With(query.Queue).With(after.Value).With(query.CreatedBefore.UtcDateTime).With(limit),
        row => new PickedJob(new JobId(row.GetGuid(0)), JobStates.Parse(row.GetString(1)), row.GetString(2), row.GetBoolean(3), row.GetString(4), row.GetString(5)),
        cancel);

    public async Task<long> CountPickedAsync(string tenant, PickQuery query, CancellationToken cancel) => (await connections.ListAsync(
        sql["jobs.CountPicked"],
        p => p.With(tenant).WithStates(query.States).With(query.Task).With(query.Queue).With(query.CreatedBefore.UtcDateTime),
        row => row.GetInt64(0),
        cancel))[0];

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string tenant, JobId id, CancellationToken cancel) => connections.ListAsync(
        sql["events.ReadOfJob"], p => p.With(tenant).With(id.Value), ReadEvent, cancel);

    public Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.ReadInputs"]);
            command.Parameters.With(ids.Select(id => id.Value).ToArray());
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            var inputs = new Dictionary<JobId, byte[]>();
            while (await row.ReadAsync(cancel)) inputs.Add(new JobId(row.GetGuid(0)), row.GetFieldValue<byte[]>(1));
            return (IReadOnlyDictionary<JobId, byte[]>)inputs;
        },
        cancel);

    public Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["executions.ExecutionExists"]);
            command.Parameters.With(job.Value).With(execution);
            return (bool)(await command.ExecuteScalarAsync(cancel))!;
        },
        cancel);

    internal static JobEvent ReadEvent(NpgsqlDataReader row) => new(
        new EventCursor(row.GetInt64(0), row.GetInt64(1)),
        row.GetFieldValue<DateTimeOffset>(2),
        new JobId(row.GetGuid(3)),
        row.GetString(4),
        row.OrNull<string>(5) is { } from ? JobStates.Parse(from) : null,
        JobStates.Parse(row.GetString(6)),
        row.GetInt32(7),
        row.GetString(8),
        row.OrNull<string>(9));

    /// <summary>A job on its own, with what lists leave out.</summary>
    private static JobView ReadOne(NpgsqlDataReader row) => ReadView(row, withPayloads: true) with
    {
        Options = StorageJson.ReadOptions(row.OrNull<string>(24)),
        Retention = row.IsDBNull(25) ? null : TimeSpan.FromMilliseconds(row.GetInt64(25)),
        EscalateTo = row.IsDBNull(26) ? null : (JobPriority)row.GetInt16(26),
    };

    internal static JobView ReadView(NpgsqlDataReader row, bool withPayloads)
    {
        LaneKey lane = LaneKey.Parse(row.GetString(17));
        return ReadPlain(row, withPayloads) with { FairnessKey = lane.Fairness, ConcurrencyKey = lane.Concurrency, RateKey = lane.Rate };
    }

    private static JobView ReadPlain(NpgsqlDataReader row, bool withPayloads) => new()
    {
        Id = new JobId(row.GetGuid(0)),
        Tenant = row.GetString(1),
        Task = row.GetString(2),
        TaskVersion = row.GetString(3),
        Queue = row.GetString(4),
        Priority = (JobPriority)row.GetInt16(5),
        State = JobStates.Parse(row.GetString(6)),
        Attempts = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LostWorkers = row.GetInt32(9),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(10),
        DueAt = row.TimeOrNull(11),
        StartedAt = row.TimeOrNull(12),
        FinishedAt = row.TimeOrNull(13),
        Node = row.OrNull<string>(14),
        Failure = StorageJson.ReadFailure(row.OrNull<byte[]>(15)),
        IdempotencyKey = row.OrNull<string>(16),
        Deadline = row.TimeOrNull(18),
        EscalateAt = row.TimeOrNull(19),
        UniqueKey = row.OrNull<string>(20),
        CachedFrom = row.IsDBNull(21) ? null : new JobId(row.GetGuid(21)),
        Input = withPayloads ? row.GetFieldValue<byte[]>(22) : null,
        Output = withPayloads ? row.OrNull<byte[]>(23) : null,
    };

    internal static ExecutionView ReadExecution(NpgsqlDataReader row, JobId job) => new()
    {
        Id = row.GetGuid(0),
        Job = job,
        Attempt = row.GetInt32(1),
        Outcome = row.GetString(2),
        StartedAt = row.GetFieldValue<DateTimeOffset>(3),
        FinishedAt = row.GetFieldValue<DateTimeOffset>(4),
        Node = row.OrNull<string>(5),
        Output = row.OrNull<byte[]>(6),
        Failure = StorageJson.ReadFailure(row.OrNull<byte[]>(7)),
        Log = StorageJson.ReadLog(row.OrNull<byte[]>(8)),
        Recorded = row.GetBoolean(9),
    };
}

using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>Jobs and executions as clients see them.</summary>
internal sealed class PostgresJobReader(PostgresConnections connections, SqlTexts sql)
{
    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.Get"]);
            command.Parameters.With(tenant).With(id.Value);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? ReadView(row, withPayloads: true) : null;
        },
        cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["executions.ReadExecutions"]);
            command.Parameters.With(tenant).With(id.Value);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            var executions = new List<ExecutionView>();
            while (await row.ReadAsync(cancel)) executions.Add(ReadExecution(row, id));
            return (IReadOnlyList<ExecutionView>)executions;
        },
        cancel);

    public Task<IReadOnlyList<JobView>> ListAsync(string tenant, JobListQuery query, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.List"]);
            AddConditions(command.Parameters, tenant, query).With(query.Offset).With(query.Limit);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            var jobs = new List<JobView>();
            while (await row.ReadAsync(cancel)) jobs.Add(ReadView(row, withPayloads: false));
            return (IReadOnlyList<JobView>)jobs;
        },
        cancel);

    public Task<long> CountAsync(string tenant, JobListQuery query, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["jobs.Count"]);
            AddConditions(command.Parameters, tenant, query);
            return (long)(await command.ExecuteScalarAsync(cancel))!;
        },
        cancel);

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

    private static NpgsqlParameterCollection AddConditions(NpgsqlParameterCollection parameters, string tenant, JobListQuery query) =>
        parameters.With(tenant).WithStates(query.States).With(query.Task).With(query.Queue).With(query.Before?.Value);

    private static JobView ReadView(NpgsqlDataReader row, bool withPayloads) => new()
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
        Input = withPayloads ? row.GetFieldValue<byte[]>(17) : null,
        Output = withPayloads ? row.OrNull<byte[]>(18) : null,
    };

    private static ExecutionView ReadExecution(NpgsqlDataReader row, JobId job) => new()
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
    };
}

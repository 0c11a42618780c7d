using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;

namespace Ratchet.Storage.Sqlite;

/// <summary>Jobs and executions as clients see them.</summary>
internal sealed class SqliteJobReader(SqliteFile file) : IJobReader
{
    public Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("jobs.Get", tenant, SqliteValues.Id(id.Value));
            return row.Read() ? ReadOne(row) : null;
        },
        cancel);

    public Task<JobView?> GetWholeAsync(string tenant, JobId id, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            JobView job;
            using (SqliteDataReader row = session.Read("jobs.Get", tenant, SqliteValues.Id(id.Value)))
            {
                if (!row.Read()) return null;
                job = ReadOne(row);
            }

            using SqliteDataReader run = session.Read("executions.ReadExecutions", tenant, SqliteValues.Id(id.Value));
            var executions = new List<ExecutionView>();
            while (run.Read()) executions.Add(ReadExecution(run, id));
            return job with { Executions = executions };
        },
        cancel);

    public Task<IReadOnlyList<ExecutionView>> GetExecutionsAsync(string tenant, JobId id, CancellationToken cancel) =>
        file.ListAsync("executions.ReadExecutions", [tenant, SqliteValues.Id(id.Value)], row => ReadExecution(row, id), cancel);

    public async Task<(long Ahead, long ByPriority)> AheadAsync(QueueKey queue, ReadyJob job, int most, CancellationToken cancel) => (await file.ListAsync(
        "jobs.Ahead",
        [queue.Tenant, queue.Name, job.Lane, SqliteValues.Time(job.Rank), SqliteValues.Id(job.Id.Value), (int)job.Priority, most],
        row => (row.GetInt64(0), row.GetInt64(1)),
        cancel))[0];

    public Task<IReadOnlyList<PickedJob>> PickAsync(string tenant, PickQuery query, JobId after, int limit, CancellationToken cancel) => file.ListAsync(
        "jobs.Pick",
        [tenant, SqliteValues.States(query.States), SqliteValues.OrNull(query.Task), SqliteValues.OrNull(query.Queue), SqliteValues.Id(after.Value), SqliteValues.Time(query.CreatedBefore), limit],
        row => new PickedJob(new JobId(row.GetId(0)), JobStates.Parse(row.GetString(1)), row.GetString(2), row.GetBoolean(3), row.GetString(4), row.GetString(5)),
        cancel);

    public async Task<long> CountPickedAsync(string tenant, PickQuery query, CancellationToken cancel) => (await file.ListAsync(
        "jobs.CountPicked",
        [tenant, SqliteValues.States(query.States), SqliteValues.OrNull(query.Task), SqliteValues.OrNull(query.Queue), SqliteValues.Time(query.CreatedBefore)],
        row => row.GetInt64(0),
        cancel))[0];

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string tenant, JobId id, CancellationToken cancel) =>
        file.ListAsync("events.ReadOfJob", [tenant, SqliteValues.Id(id.Value)], ReadEvent, cancel);

    public Task<IReadOnlyDictionary<JobId, byte[]>> ReadInputsAsync(IReadOnlyList<JobId> ids, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            var inputs = new Dictionary<JobId, byte[]>();
            foreach (JobId id in ids)
            {
                using SqliteDataReader row = session.Read("jobs.ReadInput", SqliteValues.Id(id.Value));
                if (row.Read()) inputs[id] = row.GetFieldValue<byte[]>(0);
            }
            return (IReadOnlyDictionary<JobId, byte[]>)inputs;
        },
        cancel);

    public Task<bool> ExecutionExistsAsync(JobId job, Guid execution, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("executions.ExecutionExists", SqliteValues.Id(job.Value), SqliteValues.Id(execution));
            return row.Read() && row.GetBoolean(0);
        },
        cancel);

    internal static JobEvent ReadEvent(SqliteDataReader row) => new(
        new EventCursor(row.GetInt64(0), row.GetInt64(1)),
        row.GetTime(2),
        new JobId(row.GetId(3)),
        row.GetString(4),
        row.GetTextOrNull(5) is { } from ? JobStates.Parse(from) : null,
        JobStates.Parse(row.GetString(6)),
        row.GetInt32(7),
        row.GetString(8),
        row.GetTextOrNull(9));

    /// <summary>A job on its own, with what lists leave out.</summary>
    private static JobView ReadOne(SqliteDataReader row) => ReadView(row, withPayloads: true) with
    {
        Options = StorageJson.ReadOptions(row.GetTextOrNull(24)),
        Retention = row.IsDBNull(25) ? null : TimeSpan.FromMilliseconds(row.GetInt64(25)),
        EscalateTo = row.IsDBNull(26) ? null : (JobPriority)row.GetInt32(26),
    };

    internal static JobView ReadView(SqliteDataReader row, bool withPayloads)
    {
        LaneKey lane = LaneKey.Parse(row.GetString(17));
        return ReadPlain(row, withPayloads) with { FairnessKey = lane.Fairness, ConcurrencyKey = lane.Concurrency, RateKey = lane.Rate };
    }

    private static JobView ReadPlain(SqliteDataReader row, bool withPayloads) => new()
    {
        Id = new JobId(row.GetId(0)),
        Tenant = row.GetString(1),
        Task = row.GetString(2),
        TaskVersion = row.GetString(3),
        Queue = row.GetString(4),
        Priority = (JobPriority)row.GetInt32(5),
        State = JobStates.Parse(row.GetString(6)),
        Attempts = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LostWorkers = row.GetInt32(9),
        CreatedAt = row.GetTime(10),
        DueAt = row.GetTimeOrNull(11),
        StartedAt = row.GetTimeOrNull(12),
        FinishedAt = row.GetTimeOrNull(13),
        Node = row.GetTextOrNull(14),
        Failure = StorageJson.ReadFailure(row.GetBytesOrNull(15)),
        IdempotencyKey = row.GetTextOrNull(16),
        Deadline = row.GetTimeOrNull(18),
        EscalateAt = row.GetTimeOrNull(19),
        UniqueKey = row.GetTextOrNull(20),
        CachedFrom = row.IsDBNull(21) ? null : new JobId(row.GetId(21)),
        Input = withPayloads ? row.GetBytesOrNull(22) : null,
        Output = withPayloads ? row.GetBytesOrNull(23) : null,
    };

    internal static ExecutionView ReadExecution(SqliteDataReader row, JobId job) => new()
    {
        Id = row.GetId(0),
        Job = job,
        Attempt = row.GetInt32(1),
        Outcome = row.GetString(2),
        StartedAt = row.GetTime(3),
        FinishedAt = row.GetTime(4),
        Node = row.GetTextOrNull(5),
        Output = row.GetBytesOrNull(6),
        Failure = StorageJson.ReadFailure(row.GetBytesOrNull(7)),
        Log = StorageJson.ReadLog(row.GetBytesOrNull(8)),
        Recorded = row.GetBoolean(9),
    };
}

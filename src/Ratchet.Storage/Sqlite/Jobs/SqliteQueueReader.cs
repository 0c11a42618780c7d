using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Storage.Sqlite;

/// <summary>What the queues ask: ready work, due work, lost work.</summary>
internal sealed class SqliteQueueReader(SqliteFile file)
{
    public Task<IReadOnlyList<ReadyJob>> ReadReadyAsync(QueueKey queue, int limit, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("jobs.ReadReady", queue.Tenant, queue.Name, limit, Limits.InlineInputBytes);
            return (IReadOnlyList<ReadyJob>)ReadJobs(row);
        },
        cancel);

    public Task<ReadyJob?> ReadReadyAsync(string tenant, JobId id, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("jobs.ReadOneReady", tenant, SqliteValues.Id(id.Value), Limits.InlineInputBytes);
            return row.Read() ? ReadJob(row) : null;
        },
        cancel);

    public Task<IReadOnlyList<ReadyJob>> PromoteDueAsync(QueueKey queue, DateTimeOffset now, int limit, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            using SqliteDataReader row = s.Read("jobs.PromoteDue", queue.Tenant, queue.Name, SqliteValues.Time(now), limit, Limits.InlineInputBytes);
            return (IReadOnlyList<ReadyJob>)ReadJobs(row);
        }),
        cancel);

    public Task<DateTimeOffset?> NextDueAsync(QueueKey queue, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("jobs.NextDue", queue.Tenant, queue.Name);
            return row.Read() ? row.GetTimeOrNull(0) : null;
        },
        cancel);

    public Task<IReadOnlyList<LostJob>> ReadLostAsync(QueueKey queue, IReadOnlyList<string> liveNodes, int limit, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("jobs.ReadLost", queue.Tenant, queue.Name, SqliteValues.Names(liveNodes), limit);
            var lost = new List<LostJob>();
            while (row.Read())
            {
                lost.Add(new LostJob(new JobId(row.GetId(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetTimeOrNull(5)));
            }
            return (IReadOnlyList<LostJob>)lost;
        },
        cancel);

    public Task<IReadOnlyList<QueueKey>> ListActiveAsync(CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("queues.ListActiveQueues");
            var queues = new List<QueueKey>();
            while (row.Read()) queues.Add(new QueueKey(row.GetString(0), row.GetString(1)));
            return (IReadOnlyList<QueueKey>)queues;
        },
        cancel);

    public Task<IReadOnlyDictionary<JobState, long>> CountByStateAsync(QueueKey queue, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("jobs.CountByState", queue.Tenant, queue.Name);
            var counts = new Dictionary<JobState, long>();
            while (row.Read()) counts.Add(JobStates.Parse(row.GetString(0)), row.GetInt64(1));
            return (IReadOnlyDictionary<JobState, long>)counts;
        },
        cancel);

    private static List<ReadyJob> ReadJobs(SqliteDataReader row)
    {
        var jobs = new List<ReadyJob>();
        while (row.Read()) jobs.Add(ReadJob(row));
        return jobs;
    }

    private static ReadyJob ReadJob(SqliteDataReader row) => new()
    {
        Id = new JobId(row.GetId(0)),
        Task = new TaskReference(row.GetString(1), row.GetString(2), row.GetString(3)),
        Priority = (JobPriority)row.GetInt32(4),
        ReadyAt = row.GetTime(5),
        Fence = row.GetInt64(6),
        Attempts = row.GetInt32(7),
        MaxAttempts = row.GetInt32(8),
        LostWorkers = row.GetInt32(9),
        Input = row.GetBytesOrNull(10),
        TraceParent = row.GetTextOrNull(11),
    };
}

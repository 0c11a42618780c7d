using System.Text;
using Npgsql;
using Ratchet.Preconditions;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>Schedules on PostgreSQL.</summary>
internal sealed class PostgresScheduleStore : IScheduleStore
{
    private readonly PostgresQueries queries;

    public PostgresScheduleStore(PostgresConnections connections, SqlTexts sql)
    {
        queries = new PostgresQueries(connections, sql);
        Fires = new PostgresFireStore(queries);
        Backfills = new PostgresBackfillStore(queries);
    }

    public IFireStore Fires { get; }
    public IBackfillStore Backfills { get; }

    public async Task<bool> AddAsync(ScheduleRecord schedule, CancellationToken cancel) => await queries.ExecuteAsync(
        "schedules.Add",
        p => AddContent(p.With(schedule.Tenant).With(schedule.Definition.Id), schedule).With(schedule.CreatedAt.UtcDateTime).With(schedule.UpdatedAt.UtcDateTime),
        cancel) == 1;

    public async Task<bool> ReplaceAsync(ScheduleRecord schedule, long known, CancellationToken cancel) => await queries.ExecuteAsync(
        "schedules.Replace",
        p => AddContent(p.With(schedule.Tenant).With(schedule.Definition.Id).With(known), schedule).With(schedule.UpdatedAt.UtcDateTime),
        cancel) == 1;

    public async Task<bool> AdvanceAsync(
        ScheduleKey key, long revision, DateTimeOffset decidedUntil, DateTimeOffset? next, DateTimeOffset? last, CancellationToken cancel) =>
        await queries.ExecuteAsync(
            "schedules.Advance",
            p => p.With(key.Tenant).With(key.Id).With(revision).With(decidedUntil.UtcDateTime).With(next?.UtcDateTime).With(last?.UtcDateTime),
            cancel) == 1;

    public Task<ScheduleRecord?> GetAsync(ScheduleKey key, CancellationToken cancel) =>
        queries.ReadOneAsync("schedules.Get", p => p.With(key.Tenant).With(key.Id), ReadRecord, cancel);

    public Task<IReadOnlyList<ScheduleRecord>> ListAsync(string tenant, ScheduleFilter filter, CancellationToken cancel) => queries.ReadAsync(
        "schedules.List",
        p => p.With(tenant).With(filter.Enabled).With(filter.Task).With(filter.Offset).With(filter.Limit),
        ReadRecord,
        cancel);

    public async Task<long> CountAsync(string tenant, ScheduleFilter filter, CancellationToken cancel) =>
        (await queries.ReadAsync("schedules.Count", p => p.With(tenant).With(filter.Enabled).With(filter.Task), row => row.GetInt64(0), cancel))[0];

    public Task<IReadOnlyList<ScheduleKey>> ListToWakeAsync(CancellationToken cancel) =>
        queries.ReadAsync("schedules.ListToWake", _ => { }, row => new ScheduleKey(row.GetString(0), row.GetString(1)), cancel);

    public Task<bool> DeleteAsync(ScheduleKey key, Precondition? only, CancellationToken cancel) => queries.InTransactionAsync(
        async connection =>
        {
            // The schedule's row first: a fire that is being added either comes before and is deleted here, or finds no schedule.
            if (await queries.ExecuteOnAsync(connection, "schedules.Delete", p => p.With(key.Tenant).With(key.Id).WithRevisions(only), cancel) == 0)
                return only is null ? false : throw PreconditionFailedException.Of($"schedule '{key.Id}'", only);
            await queries.ExecuteOnAsync(connection, "schedules.DeleteFires", p => p.With(key.Tenant).With(key.Id), cancel);
            await queries.ExecuteOnAsync(connection, "schedules.DeleteBackfills", p => p.With(key.Tenant).With(key.Id), cancel);
            return true;
        },
        cancel);

    private static NpgsqlParameterCollection AddContent(NpgsqlParameterCollection parameters, ScheduleRecord schedule) => parameters
        .With(schedule.Revision).With(schedule.Definition.Enabled).With(schedule.Definition.Job.Task).With(ScheduleText.Write(schedule.Definition))
        .With(Encoding.UTF8.GetString(schedule.Definition.Job.Input)).With(schedule.DecidedUntil.UtcDateTime).With(schedule.NextInstant?.UtcDateTime);

    private static ScheduleRecord ReadRecord(NpgsqlDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Revision = row.GetInt64(1),
        Definition = ScheduleText.Read(row.GetString(2), row.OrNull<byte[]>(9)),
        DecidedUntil = row.GetFieldValue<DateTimeOffset>(3),
        NextInstant = row.TimeOrNull(4),
        LastInstant = row.TimeOrNull(5),
        HistoryFrom = row.TimeOrNull(6),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(8),
    };
}

using Microsoft.Data.Sqlite;
using Ratchet.Preconditions;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Storage.Sqlite;

/// <summary>Schedules on SQLite.</summary>
internal sealed class SqliteScheduleStore(SqliteFile file) : IScheduleStore
{
    public IFireStore Fires { get; } = new SqliteFireStore(file);
    public IBackfillStore Backfills { get; } = new SqliteBackfillStore(file);

    public Task<bool> AddAsync(ScheduleRecord schedule, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "schedules.Add",
            schedule.Tenant,
            schedule.Definition.Id,
            schedule.Revision,
            schedule.Definition.Enabled,
            schedule.Definition.Job.Task,
            ScheduleText.Write(schedule.Definition),
            Input(schedule),
            SqliteValues.Time(schedule.DecidedUntil),
            SqliteValues.OrNull(schedule.NextInstant),
            SqliteValues.Time(schedule.CreatedAt),
            SqliteValues.Time(schedule.UpdatedAt)) == 1,
        cancel);

    public Task<bool> ReplaceAsync(ScheduleRecord schedule, long known, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "schedules.Replace",
            schedule.Tenant,
            schedule.Definition.Id,
            known,
            schedule.Revision,
            schedule.Definition.Enabled,
            schedule.Definition.Job.Task,
            ScheduleText.Write(schedule.Definition),
            Input(schedule),
            SqliteValues.Time(schedule.DecidedUntil),
            SqliteValues.OrNull(schedule.NextInstant),
            SqliteValues.Time(schedule.UpdatedAt)) == 1,
        cancel);

    public Task<bool> AdvanceAsync(
        ScheduleKey key, long revision, DateTimeOffset decidedUntil, DateTimeOffset? next, DateTimeOffset? last, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "schedules.Advance", key.Tenant, key.Id, revision, SqliteValues.Time(decidedUntil), SqliteValues.OrNull(next), SqliteValues.OrNull(last)) == 1,
        cancel);

    public Task<ScheduleRecord?> GetAsync(ScheduleKey key, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("schedules.Get", key.Tenant, key.Id);
            return row.Read() ? ReadRecord(row) : null;
        },
        cancel);

    public Task<IReadOnlyList<ScheduleRecord>> ListAsync(string tenant, ScheduleFilter filter, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read(
                "schedules.List", tenant, SqliteValues.OrNull((object?)filter.Enabled), SqliteValues.OrNull(filter.Task), filter.Offset, filter.Limit);
            var schedules = new List<ScheduleRecord>();
            while (row.Read()) schedules.Add(ReadRecord(row));
            return (IReadOnlyList<ScheduleRecord>)schedules;
        },
        cancel);

    public Task<long> CountAsync(string tenant, ScheduleFilter filter, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("schedules.Count", tenant, SqliteValues.OrNull((object?)filter.Enabled), SqliteValues.OrNull(filter.Task));
            return row.Read() ? row.GetInt64(0) : 0;
        },
        cancel);

    public Task<IReadOnlyList<ScheduleKey>> ListToWakeAsync(CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("schedules.ListToWake");
            var keys = new List<ScheduleKey>();
            while (row.Read()) keys.Add(new ScheduleKey(row.GetString(0), row.GetString(1)));
            return (IReadOnlyList<ScheduleKey>)keys;
        },
        cancel);

    public Task<bool> DeleteAsync(ScheduleKey key, Precondition? only, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            if (s.Execute("schedules.Delete", key.Tenant, key.Id, SqliteValues.Revisions(only)) == 0)
                return only is null ? false : throw PreconditionFailedException.Of($"schedule '{key.Id}'", only);
            s.Execute("schedules.DeleteFires", key.Tenant, key.Id);
            s.Execute("schedules.DeleteBackfills", key.Tenant, key.Id);
            return true;
        }),
        cancel);

    private static string Input(ScheduleRecord schedule) => System.Text.Encoding.UTF8.GetString(schedule.Definition.Job.Input);

    private static ScheduleRecord ReadRecord(SqliteDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Revision = row.GetInt64(1),
        Definition = ScheduleText.Read(row.GetString(2), row.GetBytesOrNull(9)),
        DecidedUntil = row.GetTime(3),
        NextInstant = row.GetTimeOrNull(4),
        LastInstant = row.GetTimeOrNull(5),
        HistoryFrom = row.GetTimeOrNull(6),
        CreatedAt = row.GetTime(7),
        UpdatedAt = row.GetTime(8),
    };
}

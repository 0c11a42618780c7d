using Microsoft.Data.Sqlite;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Storage.Sqlite;

/// <summary>Backfills on SQLite.</summary>
internal sealed class SqliteBackfillStore(SqliteFile file) : IBackfillStore
{
    public Task<bool> AddAsync(ScheduleKey key, BackfillRecord backfill, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "schedule_backfills.Add",
            SqliteValues.Id(backfill.View.Id),
            key.Tenant,
            key.Id,
            SqliteValues.Time(backfill.View.Request.From),
            SqliteValues.Time(backfill.View.Request.To),
            backfill.View.Request.PerMinute,
            backfill.View.State.Name(),
            backfill.View.Total,
            SqliteValues.Time(backfill.NextAt),
            SqliteValues.Time(backfill.View.CreatedAt),
            SqliteValues.Time(backfill.View.UpdatedAt)) == 1,
        cancel);

    public async Task<BackfillRecord?> GetAsync(ScheduleKey key, Guid id, CancellationToken cancel) =>
        await ReadAsync(session => session.Read("schedule_backfills.Get", key.Tenant, key.Id, SqliteValues.Id(id)), cancel) is [{ } found] ? found : null;

    public Task<IReadOnlyList<BackfillRecord>> ListAsync(ScheduleKey key, int limit, CancellationToken cancel) =>
        ReadAsync(session => session.Read("schedule_backfills.List", key.Tenant, key.Id, limit), cancel);

    public Task<IReadOnlyList<BackfillRecord>> ReadOpenAsync(ScheduleKey key, CancellationToken cancel) =>
        ReadAsync(session => session.Read("schedule_backfills.ReadOpen", key.Tenant, key.Id), cancel);

    public Task<bool> AdvanceAsync(BackfillRecord backfill, DateTimeOffset? known, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "schedule_backfills.Advance",
            SqliteValues.Id(backfill.View.Id),
            SqliteValues.OrNull(known),
            SqliteValues.OrNull(backfill.DoneUntil),
            backfill.View.Handled,
            SqliteValues.Time(backfill.NextAt),
            backfill.View.State.Name(),
            SqliteValues.Time(backfill.View.UpdatedAt)) == 1,
        cancel);

    public Task<bool> MoveAsync(ScheduleKey key, Guid id, BackfillState to, DateTimeOffset now, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute("schedule_backfills.Move", key.Tenant, key.Id, SqliteValues.Id(id), to.Name(), SqliteValues.Time(now)) == 1, cancel);

    private Task<IReadOnlyList<BackfillRecord>> ReadAsync(Func<SqliteSession, SqliteDataReader> query, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = query(session);
            var backfills = new List<BackfillRecord>();
            while (row.Read()) backfills.Add(ReadRecord(row));
            return (IReadOnlyList<BackfillRecord>)backfills;
        },
        cancel);

    private static BackfillRecord ReadRecord(SqliteDataReader row) => new(
        new BackfillView
        {
            Id = row.GetId(0),
            Request = new BackfillRequest(row.GetTime(1), row.GetTime(2), row.GetInt32(3)),
            State = BackfillStates.Parse(row.GetString(4)),
            Total = row.GetInt32(5),
            Handled = row.GetInt32(6),
            CreatedAt = row.GetTime(7),
            UpdatedAt = row.GetTime(8),
            Submitted = row.GetInt32(11),
        },
        row.GetTimeOrNull(9),
        row.GetTime(10));
}

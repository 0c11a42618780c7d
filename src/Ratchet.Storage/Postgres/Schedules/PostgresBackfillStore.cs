using Npgsql;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Storage.Postgres;

/// <summary>Backfills on PostgreSQL.</summary>
internal sealed class PostgresBackfillStore(PostgresQueries queries) : IBackfillStore
{
    public async Task<bool> AddAsync(ScheduleKey key, BackfillRecord backfill, CancellationToken cancel)
    {
        BackfillView view = backfill.View;
        return await queries.ExecuteAsync(
            "schedule_backfills.Add",
            p => p.With(view.Id).With(key.Tenant).With(key.Id).With(view.Request.From.UtcDateTime).With(view.Request.To.UtcDateTime)
                .With(view.Request.PerMinute).With(view.State.Name()).With(view.Total).With(backfill.NextAt.UtcDateTime).With(view.CreatedAt.UtcDateTime)
                .With(view.UpdatedAt.UtcDateTime),
            cancel) == 1;
    }

    public Task<BackfillRecord?> GetAsync(ScheduleKey key, Guid id, CancellationToken cancel) =>
        queries.ReadOneAsync("schedule_backfills.Get", p => p.With(key.Tenant).With(key.Id).With(id), ReadRecord, cancel);

    public Task<IReadOnlyList<BackfillRecord>> ListAsync(ScheduleKey key, int limit, CancellationToken cancel) =>
        queries.ReadAsync("schedule_backfills.List", p => p.With(key.Tenant).With(key.Id).With(limit), ReadRecord, cancel);

    public Task<IReadOnlyList<BackfillRecord>> ReadOpenAsync(ScheduleKey key, CancellationToken cancel) =>
        queries.ReadAsync("schedule_backfills.ReadOpen", p => p.With(key.Tenant).With(key.Id), ReadRecord, cancel);

    public async Task<bool> AdvanceAsync(BackfillRecord backfill, DateTimeOffset? known, CancellationToken cancel)
    {
        BackfillView view = backfill.View;
        return await queries.ExecuteAsync(
            "schedule_backfills.Advance",
            p => p.With(view.Id).With(known?.UtcDateTime).With(backfill.DoneUntil?.UtcDateTime).With(view.Handled).With(backfill.NextAt.UtcDateTime)
                .With(view.State.Name()).With(view.UpdatedAt.UtcDateTime),
            cancel) == 1;
    }

    public async Task<bool> MoveAsync(ScheduleKey key, Guid id, BackfillState to, DateTimeOffset now, CancellationToken cancel) => await queries.ExecuteAsync(
        "schedule_backfills.Move", p => p.With(key.Tenant).With(key.Id).With(id).With(to.Name()).With(now.UtcDateTime), cancel) == 1;

    private static BackfillRecord ReadRecord(NpgsqlDataReader row) => new(
        new BackfillView
        {
            Id = row.GetGuid(0),
            Request = new BackfillRequest(row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt32(3)),
            State = BackfillStates.Parse(row.GetString(4)),
            Total = row.GetInt32(5),
            Handled = row.GetInt32(6),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(8),
            Submitted = (int)row.GetInt64(11),
        },
        row.TimeOrNull(9),
        row.GetFieldValue<DateTimeOffset>(10));
}

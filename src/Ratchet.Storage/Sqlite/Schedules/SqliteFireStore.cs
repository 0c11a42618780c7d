using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Storage.Sqlite;

/// <summary>Fires on SQLite.</summary>
internal sealed class SqliteFireStore(SqliteFile file) : IFireStore
{
    public Task<IReadOnlyList<bool>> AddAsync(ScheduleKey key, long revision, IReadOnlyList<FireView> fires, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s => (IReadOnlyList<bool>)[.. fires.Select(fire => Add(s, key, revision, fire))]),
        cancel);

    public Task<bool> AddTriggerAsync(ScheduleKey key, long revision, FireView fire, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute(
            "schedule_fires.AddTrigger",
            key.Tenant,
            key.Id,
            revision,
            SqliteValues.Time(fire.Instant),
            fire.Kind.Name(),
            fire.State.Name(),
            IdOrNull(fire.Job?.Value),
            SqliteValues.Time(fire.RunAt),
            SqliteValues.Time(fire.DecidedAt),
            SqliteValues.OrNull(fire.TriggerKey)) == 1,
        cancel);

    public Task<FireView?> GetTriggerAsync(ScheduleKey key, string triggerKey, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("schedule_fires.ReadTrigger", key.Tenant, key.Id, triggerKey);
            return row.Read() ? ReadFire(row) : null;
        },
        cancel);

    public Task MarkAsync(ScheduleKey key, IReadOnlyList<FireMark> marks, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            foreach (FireMark mark in marks)
            {
                s.Execute(
                    "schedule_fires.Mark", key.Tenant, key.Id, SqliteValues.Time(mark.Instant), mark.From.Name(), mark.To.Name(), SqliteValues.OrNull(mark.Reason));
            }

            return true;
        }),
        cancel);

    public Task SkipOlderWaitingAsync(ScheduleKey key, DateTimeOffset than, string reason, CancellationToken cancel) => file.WriteAsync(
        session => session.Execute("schedule_fires.SkipOlderWaiting", key.Tenant, key.Id, SqliteValues.Time(than), reason), cancel);

    public Task<IReadOnlyList<FireView>> ReadOpenAsync(ScheduleKey key, int limit, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("schedule_fires.ReadOpen", key.Tenant, key.Id, limit);
            return (IReadOnlyList<FireView>)ReadAll(row);
        },
        cancel);

    public Task<IReadOnlyList<JobId>> ReadRunningAsync(ScheduleKey key, CancellationToken cancel) => file.WriteAsync(
        session =>
        {
            session.Execute("schedule_fires.NoteEnds", key.Tenant, key.Id);
            using SqliteDataReader row = session.Read("schedule_fires.ReadRunning", key.Tenant, key.Id);
            var jobs = new List<JobId>();
            while (row.Read()) jobs.Add(new JobId(row.GetId(0)));
            return (IReadOnlyList<JobId>)jobs;
        },
        cancel);

    public Task<IReadOnlyList<FireView>> ListAsync(ScheduleKey key, DateTimeOffset? before, int limit, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("schedule_fires.List", key.Tenant, key.Id, SqliteValues.OrNull(before), limit);
            return (IReadOnlyList<FireView>)ReadAll(row);
        },
        cancel);

    public Task<int> PruneAsync(ScheduleKey key, DateTimeOffset decidedBefore, int limit, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            var gone = new List<long>();
            using (SqliteDataReader row = s.Read("schedule_fires.Prune", key.Tenant, key.Id, SqliteValues.Time(decidedBefore), limit))
            {
                while (row.Read()) gone.Add(row.GetInt64(0));
            }

            if (gone.Count > 0) s.Execute("schedules.Forget", key.Tenant, key.Id, gone.Max());
            return gone.Count;
        }),
        cancel);

    private static bool Add(SqliteSession session, ScheduleKey key, long revision, FireView fire) => session.Execute(
        "schedule_fires.Add",
        key.Tenant,
        key.Id,
        revision,
        SqliteValues.Time(fire.Instant),
        fire.Kind.Name(),
        fire.State.Name(),
        SqliteValues.OrNull(fire.Reason),
        IdOrNull(fire.Job?.Value),
        SqliteValues.Time(fire.RunAt),
        SqliteValues.Time(fire.DecidedAt),
        IdOrNull(fire.Backfill)) == 1;

    private static object IdOrNull(Guid? id) => id is { } value ? SqliteValues.Id(value) : DBNull.Value;

    private static List<FireView> ReadAll(SqliteDataReader row)
    {
        var fires = new List<FireView>();
        while (row.Read()) fires.Add(ReadFire(row));
        return fires;
    }

    private static FireView ReadFire(SqliteDataReader row) => new()
    {
        Instant = row.GetTime(0),
        Kind = FireNames.ParseKind(row.GetString(1)),
        State = FireNames.ParseState(row.GetString(2)),
        Reason = row.GetTextOrNull(3),
        Job = row.IsDBNull(4) ? null : new JobId(row.GetId(4)),
        RunAt = row.GetTime(5),
        DecidedAt = row.GetTime(6),
        Backfill = row.IsDBNull(7) ? null : row.GetId(7),
        TriggerKey = row.GetTextOrNull(8),
    };
}

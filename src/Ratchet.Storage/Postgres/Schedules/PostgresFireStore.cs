using Npgsql;
using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;

namespace Ratchet.Storage.Postgres;

/// <summary>Fires on PostgreSQL.</summary>
internal sealed class PostgresFireStore(PostgresQueries queries) : IFireStore
{
    public Task<IReadOnlyList<bool>> AddAsync(ScheduleKey key, long revision, IReadOnlyList<FireView> fires, CancellationToken cancel) =>
        queries.InTransactionAsync(
            async connection =>
            {
                var added = new bool[fires.Count];
                for (int i = 0; i < added.Length; i++)
                {
                    FireView fire = fires[i];
                    added[i] = await queries.ExecuteOnAsync(
                        connection,
                        "schedule_fires.Add",
                        p => AddKey(p, key, revision, fire).With(fire.Reason).With(fire.Job?.Value).With(fire.RunAt.UtcDateTime)
                            .With(fire.DecidedAt.UtcDateTime).With(fire.Backfill),
                        cancel) == 1;
                }

                return (IReadOnlyList<bool>)added;
            },
            cancel);

    public async Task<bool> AddTriggerAsync(ScheduleKey key, long revision, FireView fire, CancellationToken cancel) => await queries.ExecuteAsync(
        "schedule_fires.AddTrigger",
        p => AddKey(p, key, revision, fire).With(fire.Job?.Value).With(fire.RunAt.UtcDateTime).With(fire.DecidedAt.UtcDateTime).With(fire.TriggerKey),
        cancel) == 1;

    public Task<FireView?> GetTriggerAsync(ScheduleKey key, string triggerKey, CancellationToken cancel) =>
        queries.ReadOneAsync("schedule_fires.ReadTrigger", p => p.With(key.Tenant).With(key.Id).With(triggerKey), ReadFire, cancel);

    public Task MarkAsync(ScheduleKey key, IReadOnlyList<FireMark> marks, CancellationToken cancel) => queries.InTransactionAsync(
        async connection =>
        {
            foreach (FireMark mark in marks)
            {
                await queries.ExecuteOnAsync(
                    connection,
                    "schedule_fires.Mark",
                    p => p.With(key.Tenant).With(key.Id).With(mark.Instant.UtcDateTime).With(mark.From.Name()).With(mark.To.Name()).With(mark.Reason),
                    cancel);
            }

            return true;
        },
        cancel);

    public Task SkipOlderWaitingAsync(ScheduleKey key, DateTimeOffset than, string reason, CancellationToken cancel) =>
        queries.ExecuteAsync("schedule_fires.SkipOlderWaiting", p => p.With(key.Tenant).With(key.Id).With(than.UtcDateTime).With(reason), cancel);

    public Task<IReadOnlyList<FireView>> ReadOpenAsync(ScheduleKey key, int limit, CancellationToken cancel) =>
        queries.ReadAsync("schedule_fires.ReadOpen", p => p.With(key.Tenant).With(key.Id).With(limit), ReadFire, cancel);

    public async Task<IReadOnlyList<JobId>> ReadRunningAsync(ScheduleKey key, CancellationToken cancel)
    {
        await queries.ExecuteAsync("schedule_fires.NoteEnds", p => p.With(key.Tenant).With(key.Id), cancel);
        return await queries.ReadAsync("schedule_fires.ReadRunning", p => p.With(key.Tenant).With(key.Id), row => new JobId(row.GetGuid(0)), cancel);
    }

    public Task<IReadOnlyList<FireView>> ListAsync(ScheduleKey key, DateTimeOffset? before, int limit, CancellationToken cancel) => queries.ReadAsync(
        "schedule_fires.List", p => p.With(key.Tenant).With(key.Id).With(before?.UtcDateTime).With(limit), ReadFire, cancel);

    public Task<int> PruneAsync(ScheduleKey key, DateTimeOffset decidedBefore, int limit, CancellationToken cancel) => queries.InTransactionAsync(
        async connection =>
        {
            IReadOnlyList<DateTimeOffset> gone = await queries.ReadOnAsync(
                connection,
                "schedule_fires.Prune",
                p => p.With(key.Tenant).With(key.Id).With(decidedBefore.UtcDateTime).With(limit),
                row => row.GetFieldValue<DateTimeOffset>(0),
                cancel);
            if (gone.Count == 0) return 0;
            await queries.ExecuteOnAsync(connection, "schedules.Forget", p => p.With(key.Tenant).With(key.Id).With(gone.Max().UtcDateTime), cancel);
            return gone.Count;
        },
        cancel);

    private static NpgsqlParameterCollection AddKey(NpgsqlParameterCollection parameters, ScheduleKey key, long revision, FireView fire) => parameters
        .With(key.Tenant).With(key.Id).With(revision).With(fire.Instant.UtcDateTime).With(fire.Kind.Name()).With(fire.State.Name());

    private static FireView ReadFire(NpgsqlDataReader row) => new()
    {
        Instant = row.GetFieldValue<DateTimeOffset>(0),
        Kind = FireNames.ParseKind(row.GetString(1)),
        State = FireNames.ParseState(row.GetString(2)),
        Reason = row.OrNull<string>(3),
        Job = row.IsDBNull(4) ? null : new JobId(row.GetGuid(4)),
        RunAt = row.GetFieldValue<DateTimeOffset>(5),
        DecidedAt = row.GetFieldValue<DateTimeOffset>(6),
        Backfill = row.IsDBNull(7) ? null : row.GetGuid(7),
        TriggerKey = row.OrNull<string>(8),
    };
}

using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Caching;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteCacheStore(SqliteFile file) : ICacheStore
{
    public Task<IReadOnlyList<JobId?>> ReuseAsync(IReadOnlyList<ReuseAsk> jobs, DateTimeOffset now, CancellationToken cancel) => ChangeAsync<IReadOnlyList<JobId?>>(
        session => [.. jobs.Select(j => LaneKey.Parse(j.Lane).Cache is { } key ? Reuse(session, j.Job, j.Fence, key, now) : null)], cancel);

    public Task<IReadOnlyList<JobToken>> ReuseWaitingAsync(QueueKey queue, string lane, DateTimeOffset now, int limit, CancellationToken cancel) => ChangeAsync<IReadOnlyList<JobToken>>(
        session =>
        {
            string key = LaneKey.Parse(lane).Cache ?? "";
            IReadOnlyList<JobToken> waiting = session.List(
                row => new JobToken(new JobId(row.GetId(0)), row.GetInt64(1)), "cache.Waiting", queue.Tenant, queue.Name, lane, key, SqliteValues.Time(now), limit);
            return [.. waiting.Where(w => Reuse(session, w.Id, w.Fence, key, now) is not null)];
        },
        cancel);

    public Task<int> PurgeAsync(string tenant, string task, DateTimeOffset now, CancellationToken cancel) => ChangeAsync(
        session =>
        {
            session.Execute("cache.NotePurge", tenant, task, SqliteValues.Time(now));
            return session.Execute("cache.Purge", tenant, task);
        },
        cancel);

    public Task CountAsync(IReadOnlyList<CacheCount> counts, CancellationToken cancel) =>
        ChangeAsync(session => counts.Sum(c => session.Execute("cache.Count", c.Tenant, c.Task, c.Hits, c.Misses)), cancel);

    public async Task<CacheFigures> GetFiguresAsync(string tenant, string task, DateTimeOffset now, CancellationToken cancel) => (await file.ListAsync(
        "cache.Figures",
        [tenant, task, SqliteValues.Time(now), LaneKey.CacheChars + 1, LaneKey.CacheSeparators],
        row => new CacheFigures(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetTimeOrNull(4)),
        cancel))[0];

    public Task<int> SweepAsync(DateTimeOffset now, int most, CancellationToken cancel) => ChangeAsync(session => session.Execute("cache.Sweep", SqliteValues.Time(now), most), cancel);

    /// <summary>Whose result the job was given; null when there is none, or the job is not at that token any more.</summary>
    public static JobId? Reuse(SqliteSession session, JobId job, long fence, string key, DateTimeOffset now)
    {
        byte[] id = SqliteValues.Id(job.Value);
        if (session.List(row => new JobId(row.GetId(0)), "cache.Find", id, key, SqliteValues.Time(now)) is not [var source]) return null;
        int changed = session.Execute(
            "cache.Reuse", id, fence, SqliteValues.Id(source.Value), SqliteValues.Time(now), JobTransition.Reuse.To[0].Name(), SqliteTransitions.From(JobTransition.Reuse));
        return SqliteEvents.Changed(session, JobTransition.Reuse, id, now, ReusedJobs.Actor, ReusedJobs.Reason(source), attemptOffset: 0, changed) ? source : null;
    }

    private Task<T> ChangeAsync<T>(Func<SqliteSession, T> work, CancellationToken cancel) => file.WriteAsync(session => session.InTransaction(work), cancel);
}

using Npgsql;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Caching;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresCacheStore(PostgresConnections connections, SqlTexts sql) : ICacheStore
{
    public async Task<IReadOnlyList<JobId?>> ReuseAsync(IReadOnlyList<ReuseAsk> jobs, DateTimeOffset now, CancellationToken cancel)
    {
        (ReuseAsk Ask, string Key)[] keyed = [.. jobs.Where(j => LaneKey.Parse(j.Lane).Cache is not null).Select(j => (j, LaneKey.Parse(j.Lane).Cache!))];
        if (keyed.Length == 0) return new JobId?[jobs.Count];
        IReadOnlyList<(JobId Job, JobId Source)> reused = await connections.ChangeAsync(
            sql["cache.Reuse"],
            p => BindReuse(
                p,
                Array.ConvertAll(keyed, k => k.Ask.Job.Value),
                Array.ConvertAll(keyed, k => k.Ask.Fence),
                Array.ConvertAll(keyed, k => k.Key),
                Array.ConvertAll(keyed, _ => now.UtcDateTime)),
            row => (new JobId(row.GetGuid(0)), new JobId(row.GetGuid(1))),
            cancel);
        var sources = reused.ToDictionary(r => r.Job, r => r.Source);
        return [.. jobs.Select(j => sources.TryGetValue(j.Job, out JobId source) ? source : (JobId?)null)];
    }

    public Task<IReadOnlyList<JobToken>> ReuseWaitingAsync(QueueKey queue, string lane, DateTimeOffset now, int limit, CancellationToken cancel) => connections.ChangeAsync(
        sql["cache.ReuseWaiting"],
        p => p.With(queue.Tenant).With(queue.Name).With(lane).With(LaneKey.Parse(lane).Cache ?? "").With(now.UtcDateTime).With(limit)
            .With(JobTransition.Reuse.To[0].Name()).With(JobTransition.Reuse.Name).With(ReusedJobs.Actor),
        row => new JobToken(new JobId(row.GetGuid(0)), row.GetInt64(1)),
        cancel);

    public async Task<int> PurgeAsync(string tenant, string task, DateTimeOffset now, CancellationToken cancel) => (await connections.ChangeAsync(
        sql["cache.Purge"], p => p.With(tenant).With(task).With(now.UtcDateTime), row => (int)row.GetInt64(0), cancel))[0];

    public Task CountAsync(IReadOnlyList<CacheCount> counts, CancellationToken cancel) => connections.ExecuteAsync(
        sql["cache.Count"],
        p => p.With(counts.Select(c => c.Tenant).ToArray()).With(counts.Select(c => c.Task).ToArray()).With(counts.Select(c => c.Hits).ToArray()).With(counts.Select(c => c.Misses).ToArray()),
        cancel);

    public async Task<CacheFigures> GetFiguresAsync(string tenant, string task, DateTimeOffset now, CancellationToken cancel) => (await connections.ListAsync(
        sql["cache.Figures"],
        p => p.With(tenant).With(task).With(now.UtcDateTime).With(LaneKey.CacheChars + 1).With(LaneKey.CacheSeparators),
        row => new CacheFigures(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.TimeOrNull(4)),
        cancel))[0];

    public async Task<int> SweepAsync(DateTimeOffset now, int most, CancellationToken cancel) => (await connections.ChangeAsync(
        sql["cache.Sweep"], p => p.With(now.UtcDateTime).With(most), row => (int)row.GetInt64(0), cancel))[0];

    /// <summary>The parameters of <c>cache.Reuse</c>: jobs, the tokens they must have, their keys, and the times at which they ask.</summary>
    public static void BindReuse(NpgsqlParameterCollection parameters, Guid[] jobs, long[] fences, string[] keys, DateTime[] times) => parameters
        .With(jobs).With(fences).With(keys).With(times)
        .With(JobTransition.Reuse.To[0].Name()).WithStates(JobTransition.Reuse.From).With(JobTransition.Reuse.Name).With(ReusedJobs.Actor);
}

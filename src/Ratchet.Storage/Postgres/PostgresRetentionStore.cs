using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Retention;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresRetentionStore(PostgresConnections connections, SqlTexts sql) : IRetentionStore
{
    public async Task<SweptPage> SweepAsync(
        JobId after, DateTimeOffset createdBefore, IReadOnlyDictionary<JobState, DateTimeOffset> endedBefore, int page, CancellationToken cancel) => (await connections.ChangeAsync(
        sql["retention.Sweep"],
        p => p.With(after.Value).With(JobId.FirstAt(createdBefore).Value).With(endedBefore.Keys.Select(s => s.Name()).ToArray())
            .With(endedBefore.Values.Select(t => t.UtcDateTime).ToArray()).With(page),
        row => new SweptPage(row.IsDBNull(0) ? null : new JobId(row.GetGuid(0)), (int)row.GetInt64(1), (int)row.GetInt64(2)),
        cancel))[0];

    public Task<int> SweepOwnAsync(DateTimeOffset now, int most, CancellationToken cancel) => CountAsync("retention.SweepOwn", now, most, cancel);

    public Task<int> SweepEventsAsync(DateTimeOffset olderThan, int most, CancellationToken cancel) => CountAsync("retention.SweepEvents", olderThan, most, cancel);

    public Task<int> SweepRecordingsAsync(DateTimeOffset olderThan, int most, CancellationToken cancel) => CountAsync("recordings.Sweep", olderThan, most, cancel);

    public async Task<int> SweepKeysAsync(DateTimeOffset now, CancellationToken cancel) =>
        await CountAsync("retention.SweepKeys", now - IdempotencyWindow.Length, null, cancel) + await CountAsync("retention.SweepUnique", now, null, cancel);

    private async Task<int> CountAsync(string query, DateTimeOffset at, int? most, CancellationToken cancel) => (await connections.ChangeAsync(
        sql[query],
        p =>
        {
            p.With(at.UtcDateTime);
            if (most is { } limit) p.With(limit);
        },
        row => (int)row.GetInt64(0),
        cancel))[0];
}

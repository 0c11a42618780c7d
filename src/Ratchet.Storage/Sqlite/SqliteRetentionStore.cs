using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Retention;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteRetentionStore(SqliteFile file) : IRetentionStore
{
    public Task<SweptPage> SweepAsync(
        JobId after, DateTimeOffset createdBefore, IReadOnlyDictionary<JobState, DateTimeOffset> endedBefore, int page, CancellationToken cancel) => ChangeAsync(
        session =>
        {
            IReadOnlyList<(byte[] Id, JobState State, DateTimeOffset? FinishedAt, bool Own)> looked = session.List(
                row => (row.GetFieldValue<byte[]>(0), JobStates.Parse(row.GetString(1)), row.GetTimeOrNull(2), !row.IsDBNull(3)),
                "retention.Page",
                SqliteValues.Id(after.Value),
                SqliteValues.Id(JobId.FirstAt(createdBefore).Value),
                page);
            int deleted = looked
                .Where(j => !j.Own && j.FinishedAt is { } at && endedBefore.TryGetValue(j.State, out DateTimeOffset before) && at < before)
                .Sum(j => Delete(session, j.Id));
            return new SweptPage(looked.Count == 0 ? null : new JobId(new Guid(looked[^1].Id, bigEndian: true)), looked.Count, deleted);
        },
        cancel);

    public Task<int> SweepOwnAsync(DateTimeOffset now, int most, CancellationToken cancel) => ChangeAsync(
        session => session.List(row => row.GetFieldValue<byte[]>(0), "retention.Own", SqliteValues.Time(now), most).Sum(id => Delete(session, id)), cancel);

    public Task<int> SweepEventsAsync(DateTimeOffset olderThan, int most, CancellationToken cancel) =>
        ChangeAsync(session => session.Execute("retention.SweepEvents", SqliteValues.Time(olderThan), most), cancel);

    public Task<int> SweepRecordingsAsync(DateTimeOffset olderThan, int most, CancellationToken cancel) =>
        ChangeAsync(session => session.Execute("recordings.Sweep", SqliteValues.Time(olderThan), most), cancel);

    public Task<int> SweepKeysAsync(DateTimeOffset now, CancellationToken cancel) => ChangeAsync(
        session => session.Execute("retention.SweepKeys", SqliteValues.Time(now - IdempotencyWindow.Length)) + session.Execute("retention.SweepUnique", SqliteValues.Time(now)),
        cancel);

    private static int Delete(SqliteSession session, byte[] job)
    {
        session.Execute("jobs.DeleteExecutions", job);
        session.Execute("recordings.DeleteOfJob", job);
        return session.Execute("retention.Delete", job);
    }

    private Task<T> ChangeAsync<T>(Func<SqliteSession, T> work, CancellationToken cancel) => file.WriteAsync(session => session.InTransaction(work), cancel);
}

using Ratchet.Jobs;
using Ratchet.Recordings;
using Ratchet.Storage.Recordings;

namespace Ratchet.Storage.Sqlite;

internal sealed class SqliteRecordingStore(SqliteFile file) : IRecordingStore
{
    public Task SaveAsync(IReadOnlyList<NewRecording> recordings, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(inner => recordings.Sum(r => inner.Execute(
            "recordings.Save",
            SqliteValues.Id(r.Execution),
            SqliteValues.Id(r.Job.Value),
            SqliteValues.Time(r.CreatedAt),
            r.Attempt,
            r.Tenant,
            r.Task,
            r.Version,
            r.Outcome,
            r.Content))),
        cancel);

    public async Task<byte[]?> ReadAsync(string tenant, Guid execution, CancellationToken cancel)
    {
        IReadOnlyList<byte[]> found = await file.ListAsync("recordings.Read", [tenant, SqliteValues.Id(execution)], row => row.GetFieldValue<byte[]>(0), cancel);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<RecordingView>> ListAsync(string tenant, string task, string? outcome, int limit, CancellationToken cancel) => file.ListAsync(
        "recordings.List",
        [tenant, task, SqliteValues.OrNull(outcome), limit],
        row => new RecordingView
        {
            Execution = row.GetId(0),
            Job = new JobId(row.GetId(1)),
            CreatedAt = row.GetTime(2),
            Attempt = row.GetInt32(3),
            Task = row.GetString(4),
            Version = row.GetString(5),
            Outcome = row.GetString(6),
            Size = row.GetInt32(7),
        },
        cancel);
}

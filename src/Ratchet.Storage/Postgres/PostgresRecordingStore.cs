using Ratchet.Jobs;
using Ratchet.Recordings;
using Ratchet.Storage.Recordings;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

internal sealed class PostgresRecordingStore(PostgresConnections connections, SqlTexts sql) : IRecordingStore
{
    public Task SaveAsync(IReadOnlyList<NewRecording> recordings, CancellationToken cancel) => connections.ExecuteAsync(
        sql["recordings.Save"],
        p => p.With(recordings.Select(r => r.Execution).ToArray()).With(recordings.Select(r => r.Job.Value).ToArray())
            .With(recordings.Select(r => r.CreatedAt.UtcDateTime).ToArray()).With(recordings.Select(r => r.Attempt).ToArray())
            .With(recordings.Select(r => r.Tenant).ToArray()).With(recordings.Select(r => r.Task).ToArray()).With(recordings.Select(r => r.Version).ToArray())
            .With(recordings.Select(r => r.Outcome).ToArray()).With(recordings.Select(r => r.Content).ToArray()),
        cancel);

    public async Task<byte[]?> ReadAsync(string tenant, Guid execution, CancellationToken cancel)
    {
        IReadOnlyList<byte[]> found = await connections.ListAsync(
            sql["recordings.Read"], p => p.With(tenant).With(execution), row => row.GetFieldValue<byte[]>(0), cancel);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<RecordingView>> ListAsync(string tenant, string task, string? outcome, int limit, CancellationToken cancel) => connections.ListAsync(
        sql["recordings.List"],
        p => p.With(tenant).With(task).With(outcome).With(limit),
        row => new RecordingView
        {
            Execution = row.GetGuid(0),
            Job = new JobId(row.GetGuid(1)),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(2),
            Attempt = row.GetInt32(3),
            Task = row.GetString(4),
            Version = row.GetString(5),
            Outcome = row.GetString(6),
            Size = row.GetInt32(7),
        },
        cancel);
}

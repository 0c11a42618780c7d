using Microsoft.Data.Sqlite;
using Ratchet.Storage.Json;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Storage.Sqlite;

/// <summary>Task versions on SQLite.</summary>
internal sealed class SqliteTaskStore(SqliteFile file) : ITaskStore
{
    public Task PutAsync(string tenant, TaskPackage package, DateTimeOffset now, CancellationToken cancel) =>
        file.WriteAsync(session => session.InTransaction(s => Put(s, tenant, package, SqliteValues.Time(now))), cancel);

    public Task<IReadOnlyList<TaskVersionRecord>> GetVersionsAsync(string tenant, string name, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("tasks.ReadVersions", tenant, name);
            List<TaskVersionRecord> versions = ReadRecords(row);
            versions.Sort((a, b) => SemVer.Order.Compare(b.Package.Version, a.Package.Version));
            return (IReadOnlyList<TaskVersionRecord>)versions;
        },
        cancel);

    public Task<TaskPackage?> GetPackageAsync(string tenant, string digest, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("tasks.ReadPackage", tenant, digest);
            return row.Read() ? ReadPackage(row) : null;
        },
        cancel);

    public Task<IReadOnlyList<TaskVersionRecord>> ListAsync(string tenant, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("tasks.ReadCurrent", tenant);
            return (IReadOnlyList<TaskVersionRecord>)ReadRecords(row);
        },
        cancel);

    public Task<bool> SetEnabledAsync(string tenant, string name, bool enabled, CancellationToken cancel) =>
        file.WriteAsync(session => session.Execute("tasks.SetEnabled", tenant, name, enabled ? 1L : 0L) == 1, cancel);

    public Task<bool> DeleteAsync(string tenant, string name, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s => s.Execute("tasks.Delete", tenant, name) == 1 && s.Execute("tasks.DeleteVersions", tenant, name) > 0), cancel);

    private static bool Put(SqliteSession session, string tenant, TaskPackage package, long now)
    {
        byte[] uuid = SqliteValues.Id(package.Uuid);
        Guid taskUuid;
        using (SqliteDataReader row = session.Read("tasks.Claim", tenant, package.Name, uuid, package.Digest, now))
        {
            row.Read();
            taskUuid = row.GetId(0);
        }
        var related = new List<StoredVersion>();
        using (SqliteDataReader row = session.Read("tasks.ReadRelated", tenant, package.Name, uuid))
        {
            while (row.Read()) related.Add(new StoredVersion(row.GetString(0), row.GetId(1), row.GetString(2), row.GetString(3), row.GetString(4)));
        }
        if (StoredVersion.CurrentWith(package, taskUuid, related) is not { } current) return false;
        session.Execute(
            "tasks.AddVersion",
            tenant,
            package.Digest,
            package.Name,
            uuid,
            package.Version,
            package.Label,
            package.Description,
            package.Metadata,
            package.InputSchema,
            package.OutputSchema,
            package.MainJs,
            StorageJson.Write(package.Execution),
            StorageJson.Write(package.Retry),
            package.Source,
            now);
        session.Execute("tasks.SetCurrent", tenant, package.Name, current);
        return true;
    }

    private static List<TaskVersionRecord> ReadRecords(SqliteDataReader row)
    {
        var records = new List<TaskVersionRecord>();
        while (row.Read()) records.Add(new TaskVersionRecord(ReadPackage(row), row.GetBoolean(13), row.GetBoolean(14), row.GetTime(15)));
        return records;
    }

    private static TaskPackage ReadPackage(SqliteDataReader row) => new()
    {
        Name = row.GetString(0),
        Uuid = row.GetId(1),
        Version = row.GetString(2),
        Label = row.GetString(3),
        Description = row.GetString(4),
        Digest = row.GetString(5),
        Metadata = row.GetString(6),
        InputSchema = row.GetString(7),
        OutputSchema = row.GetString(8),
        MainJs = row.GetString(9),
        Execution = StorageJson.ReadExecution(row.GetString(10)),
        Retry = StorageJson.ReadRetry(row.GetString(11)),
        Source = row.GetString(12),
    };
}

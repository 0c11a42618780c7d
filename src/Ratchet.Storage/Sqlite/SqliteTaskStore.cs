using Microsoft.Data.Sqlite;
using Ratchet.Preconditions;
using Ratchet.Storage.Json;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Storage.Sqlite;

/// <summary>Task versions on SQLite.</summary>
internal sealed class SqliteTaskStore(SqliteFile file) : ITaskStore
{
    public Task<StoredTask> StoreAsync(string tenant, TaskPackage package, PromotionRule rule, string actor, DateTimeOffset now, CancellationToken cancel) =>
        file.WriteAsync(session => session.InTransaction(s => Store(s, tenant, package, rule, actor, SqliteValues.Time(now))), cancel);

    public Task<IReadOnlyList<TaskVersionRecord>> GetVersionsAsync(string tenant, string name, CancellationToken cancel) => file.ReadAsync(
        session => (IReadOnlyList<TaskVersionRecord>)[.. session.List(row => ReadVersion(row, name), "tasks.ReadVersions", tenant, name).OrderDescending(ByVersion)], cancel);

    public Task<TaskPackage?> GetPackageAsync(string tenant, string digest, CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using SqliteDataReader row = session.Read("tasks.ReadPackage", tenant, digest);
            return row.Read() ? ReadPackage(row) : null;
        },
        cancel);

    public Task<IReadOnlyList<CurrentTaskRecord>> ListAsync(string tenant, CancellationToken cancel) => file.ReadAsync(
        session => session.List(row => new CurrentTaskRecord(ReadPackage(row), row.GetBoolean(13), row.GetTime(14)), "tasks.ReadCurrent", tenant), cancel);

    public Task<bool> PromoteAsync(string tenant, string name, string from, string to, PromotionKind kind, string actor, DateTimeOffset now, CancellationToken cancel) =>
        file.WriteAsync(session => session.InTransaction(s => Move(s, tenant, name, from, to, kind, actor, SqliteValues.Time(now))), cancel);

    public Task<IReadOnlyList<TaskPromotion>> GetPromotionsAsync(string tenant, string name, int limit, CancellationToken cancel) => file.ReadAsync(
        session => session.List(
            row => new TaskPromotion(row.GetInt64(0), row.GetString(1), row.GetString(2), PromotionKinds.Parse(row.GetString(3)), row.GetString(4), row.GetTime(5)),
            "tasks.ReadPromotions", tenant, name, (long)limit),
        cancel);

    public async Task<bool> SetEnabledAsync(string tenant, string name, bool enabled, Precondition? only, CancellationToken cancel)
    {
        if (await file.WriteAsync(session => session.Execute("tasks.SetEnabled", tenant, name, enabled ? 1L : 0L, SqliteValues.Revisions(only)) == 1, cancel)) return true;
        return only is null ? false : throw PreconditionFailedException.Of($"task '{name}'", only);
    }

    public Task<bool> HoldAsync(string tenant, string name, bool enabled, Precondition? only, CancellationToken cancel) =>
        file.WriteAsync(session => session.Execute("tasks.Hold", tenant, name, enabled ? 1L : 0L, SqliteValues.Revisions(only)) == 1, cancel);

    public Task<bool> SetVersionEnabledAsync(string tenant, string name, string digest, bool enabled, CancellationToken cancel) =>
        ChangeVersionAsync(tenant, name, session => session.Execute("tasks.SetVersionEnabled", tenant, name, digest, enabled ? 1L : 0L), cancel);

    public Task<bool> DeleteAsync(string tenant, string name, Precondition? only, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            if (s.Execute("tasks.Delete", tenant, name, SqliteValues.Revisions(only)) == 0) return false;
            s.Execute("tasks.DeleteVersions", tenant, name);
            s.Execute("tasks.DeletePromotions", tenant, name);
            return true;
        }),
        cancel);

    public Task<bool> DeleteVersionAsync(string tenant, string name, string digest, CancellationToken cancel) =>
        ChangeVersionAsync(tenant, name, session => session.Execute("tasks.DeleteVersion", tenant, name, digest), cancel);

    /// <summary>Changes one version, and with it the task that shows it.</summary>
    private Task<bool> ChangeVersionAsync(string tenant, string name, Func<SqliteSession, int> change, CancellationToken cancel) => file.WriteAsync(
        session => session.InTransaction(s =>
        {
            if (change(s) == 0) return false;
            s.Execute("tasks.Touch", tenant, name);
            return true;
        }),
        cancel);

    private static readonly Comparer<TaskVersionRecord> ByVersion = Comparer<TaskVersionRecord>.Create((a, b) => SemVer.Order.Compare(a.Reference.Version, b.Reference.Version));

    private static StoredTask Store(SqliteSession session, string tenant, TaskPackage package, PromotionRule rule, string actor, long now)
    {
        byte[] uuid = SqliteValues.Id(package.Uuid);
        Guid taskUuid;
        string current;
        using (SqliteDataReader row = session.Read("tasks.Claim", tenant, package.Name, uuid, package.Digest, now))
        {
            row.Read();
            (taskUuid, current) = (row.GetId(0), row.GetString(1));
        }

        IReadOnlyList<StoredVersion> related = session.List(
            row => new StoredVersion(row.GetString(0), row.GetId(1), row.GetString(2), row.GetString(3), row.GetString(4)), "tasks.ReadRelated", tenant, package.Name, uuid);
        TaskStoring storing = TaskStoring.Of(package, rule, taskUuid, current, related);
        if (storing.Insert)
        {
            Add(session, tenant, package, uuid, storing.Version, actor, now);
            session.Execute("tasks.Touch", tenant, package.Name);
        }

        bool promoted = storing.Promote && Move(session, tenant, package.Name, current, package.Digest, PromotionKind.Stored, actor, now);
        return new StoredTask(package.Reference with { Version = storing.Version }, storing.Insert, promoted || current == package.Digest) { Promoted = promoted };
    }

    private static void Add(SqliteSession session, string tenant, TaskPackage package, byte[] uuid, string version, string actor, long now) => session.Execute(
        "tasks.AddVersion",
        tenant,
        package.Digest,
        package.Name,
        uuid,
        version,
        package.Label,
        package.Description,
        package.Metadata,
        package.InputSchema,
        package.OutputSchema,
        package.MainJs,
        StorageJson.Write(package.Execution),
        StorageJson.Write(package.Retry),
        package.Source,
        now,
        actor);

    /// <summary>Another version becomes current, within a transaction.</summary>
    private static bool Move(SqliteSession session, string tenant, string name, string from, string to, PromotionKind kind, string actor, long now)
    {
        if (session.Execute("tasks.SetCurrent", tenant, name, from, to) == 0) return false;
        session.Execute("tasks.AddPromotion", tenant, name, to, kind.Name(), actor, now);
        session.Execute("tasks.TrimPromotions", tenant, name, (long)Limits.TaskPromotions);
        return true;
    }

    private static TaskVersionRecord ReadVersion(SqliteDataReader row, string name) => new(
        new TaskReference(name, row.GetString(0), row.GetString(1)),
        row.GetId(2),
        row.GetString(3),
        row.GetString(4),
        StorageJson.ReadExecution(row.GetString(5)),
        StorageJson.ReadRetry(row.GetString(6)),
        row.GetString(7),
        row.GetBoolean(8),
        row.GetBoolean(9),
        row.GetBoolean(10),
        row.GetTime(11),
        row.GetString(12)) { TaskRevision = row.GetInt64(13) };

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

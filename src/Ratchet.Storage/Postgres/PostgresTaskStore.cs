using Npgsql;
using Ratchet.Preconditions;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Storage.Postgres;

/// <summary>Task versions on PostgreSQL.</summary>
internal sealed class PostgresTaskStore(PostgresConnections connections, SqlTexts sql) : ITaskStore
{
    public Task<StoredTask> StoreAsync(string tenant, TaskPackage package, PromotionRule rule, string actor, DateTimeOffset now, CancellationToken cancel) => InTransactionAsync(
        async connection =>
        {
            (Guid uuid, string current) = await ClaimAsync(connection, tenant, package, now, cancel);
            TaskStoring storing = TaskStoring.Of(package, rule, uuid, current, await ReadRelatedAsync(connection, tenant, package, cancel));
            if (storing.Insert)
            {
                await AddAsync(connection, tenant, package with { Version = storing.Version }, actor, now, cancel);
                await ExecuteAsync(connection, "tasks.Touch", p => p.With(tenant).With(package.Name), cancel);
            }

            bool promoted = storing.Promote && await MoveAsync(connection, tenant, package.Name, storing.Current, package.Digest, PromotionKind.Stored, actor, now, cancel);
            return new StoredTask(package.Reference with { Version = storing.Version }, storing.Insert, promoted || storing.Current == package.Digest) { Promoted = promoted };
        },
        cancel);

    public Task<IReadOnlyList<TaskVersionRecord>> GetVersionsAsync(string tenant, string name, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["tasks.ReadVersions"]);
            command.Parameters.With(tenant).With(name);
            List<TaskVersionRecord> versions = await ReadAsync(command, row => ReadVersion(row, name), cancel);
            versions.Sort((a, b) => SemVer.Order.Compare(b.Reference.Version, a.Reference.Version));
            return (IReadOnlyList<TaskVersionRecord>)versions;
        },
        cancel);

    public Task<TaskPackage?> GetPackageAsync(string tenant, string digest, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["tasks.ReadPackage"]);
            command.Parameters.With(tenant).With(digest);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? ReadPackage(row) : null;
        },
        cancel);

    public Task<IReadOnlyList<CurrentTaskRecord>> ListAsync(string tenant, CancellationToken cancel) => connections.ListAsync(
        sql["tasks.ReadCurrent"], p => p.With(tenant), row => new CurrentTaskRecord(ReadPackage(row), row.GetBoolean(13), row.GetFieldValue<DateTimeOffset>(14)), cancel);

    public Task<bool> PromoteAsync(string tenant, string name, string from, string to, PromotionKind kind, string actor, DateTimeOffset now, CancellationToken cancel) =>
        InTransactionAsync(connection => MoveAsync(connection, tenant, name, from, to, kind, actor, now, cancel), cancel);

    public Task<IReadOnlyList<TaskPromotion>> GetPromotionsAsync(string tenant, string name, int limit, CancellationToken cancel) => connections.ListAsync(
        sql["tasks.ReadPromotions"],
        p => p.With(tenant).With(name).With(limit),
        row => new TaskPromotion(row.GetInt64(0), row.GetString(1), row.GetString(2), PromotionKinds.Parse(row.GetString(3)), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5)),
        cancel);

    public async Task<bool> SetEnabledAsync(string tenant, string name, bool enabled, Precondition? only, CancellationToken cancel)
    {
        if (await connections.ExecuteAsync(sql["tasks.SetEnabled"], p => p.With(tenant).With(name).With(enabled).WithRevisions(only), cancel) == 1) return true;
        return only is null ? false : throw PreconditionFailedException.Of($"task '{name}'", only);
    }

    public async Task<bool> HoldAsync(string tenant, string name, bool enabled, Precondition? only, CancellationToken cancel) =>
        await connections.ExecuteAsync(sql["tasks.Hold"], p => p.With(tenant).With(name).With(enabled).WithRevisions(only), cancel) == 1;

    public Task<bool> SetVersionEnabledAsync(string tenant, string name, string digest, bool enabled, CancellationToken cancel) =>
        ChangeVersionAsync("tasks.SetVersionEnabled", tenant, name, p => p.With(tenant).With(name).With(digest).With(enabled), cancel);

    public Task<bool> DeleteAsync(string tenant, string name, Precondition? only, CancellationToken cancel) => InTransactionAsync(
        async connection =>
        {
            if (await ExecuteAsync(connection, "tasks.Delete", p => p.With(tenant).With(name).WithRevisions(only), cancel) == 0) return false;
            await ExecuteAsync(connection, "tasks.DeletePromotions", p => p.With(tenant).With(name), cancel);
            return true;
        },
        cancel);

    public Task<bool> DeleteVersionAsync(string tenant, string name, string digest, CancellationToken cancel) =>
        ChangeVersionAsync("tasks.DeleteVersion", tenant, name, p => p.With(tenant).With(name).With(digest), cancel);

    /// <summary>Changes one version, and with it the task that shows it.</summary>
    private Task<bool> ChangeVersionAsync(string query, string tenant, string name, Action<NpgsqlParameterCollection> bind, CancellationToken cancel) => InTransactionAsync(
        async connection =>
        {
            if (await ExecuteAsync(connection, query, bind, cancel) == 0) return false;
            await ExecuteAsync(connection, "tasks.Touch", p => p.With(tenant).With(name), cancel);
            return true;
        },
        cancel);

    private Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> change, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            T result = await change(connection);
            await transaction.CommitAsync(cancel);
            return result;
        },
        cancel);

    /// <summary>Another version becomes current, within a transaction.</summary>
    private async Task<bool> MoveAsync(
        NpgsqlConnection connection, string tenant, string name, string from, string to, PromotionKind kind, string actor, DateTimeOffset now, CancellationToken cancel)
    {
        if (await ExecuteAsync(connection, "tasks.SetCurrent", p => p.With(tenant).With(name).With(from).With(to), cancel) == 0) return false;
        await ExecuteAsync(connection, "tasks.AddPromotion", p => p.With(tenant).With(name).With(to).With(kind.Name()).With(actor).With(now.UtcDateTime), cancel);
        await ExecuteAsync(connection, "tasks.TrimPromotions", p => p.With(tenant).With(name).With((long)Limits.TaskPromotions), cancel);
        return true;
    }

    private async Task<int> ExecuteAsync(NpgsqlConnection connection, string query, Action<NpgsqlParameterCollection> bind, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql[query]);
        bind(command.Parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<(Guid Uuid, string Current)> ClaimAsync(NpgsqlConnection connection, string tenant, TaskPackage package, DateTimeOffset now, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["tasks.Claim"]);
        command.Parameters.With(tenant).With(package.Name).With(package.Uuid).With(package.Digest).With(now.UtcDateTime);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetGuid(0), row.GetString(1));
    }

    private async Task<IReadOnlyList<StoredVersion>> ReadRelatedAsync(NpgsqlConnection connection, string tenant, TaskPackage package, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["tasks.ReadRelated"]);
        command.Parameters.With(tenant).With(package.Name).With(package.Uuid);
        return await ReadAsync(command, row => new StoredVersion(row.GetString(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4)), cancel);
    }

    private Task<int> AddAsync(NpgsqlConnection connection, string tenant, TaskPackage package, string actor, DateTimeOffset now, CancellationToken cancel) => ExecuteAsync(
        connection,
        "tasks.AddVersion",
        p => p
            .With(tenant).With(package.Digest).With(package.Name).With(package.Uuid).With(package.Version).With(package.Label).With(package.Description)
            .With(package.Metadata).With(package.InputSchema).With(package.OutputSchema).With(package.MainJs)
            .With(StorageJson.Write(package.Execution)).With(StorageJson.Write(package.Retry)).With(package.Source).With(now.UtcDateTime).With(actor),
        cancel);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var records = new List<T>();
        while (await row.ReadAsync(cancel)) records.Add(read(row));
        return records;
    }

    private static TaskVersionRecord ReadVersion(NpgsqlDataReader row, string name) => new(
        new TaskReference(name, row.GetString(0), row.GetString(1)),
        row.GetGuid(2),
        row.GetString(3),
        row.GetString(4),
        StorageJson.ReadExecution(row.GetString(5)),
        StorageJson.ReadRetry(row.GetString(6)),
        row.GetString(7),
        row.GetBoolean(8),
        row.GetBoolean(9),
        row.GetBoolean(10),
        row.GetFieldValue<DateTimeOffset>(11),
        row.GetString(12)) { TaskRevision = row.GetInt64(13) };

    private static TaskPackage ReadPackage(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Uuid = row.GetGuid(1),
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

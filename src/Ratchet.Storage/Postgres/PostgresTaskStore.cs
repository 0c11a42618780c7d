using Npgsql;
using Ratchet.Storage.Json;
using Ratchet.Storage.Sql;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Storage.Postgres;

/// <summary>Task versions on PostgreSQL.</summary>
internal sealed class PostgresTaskStore(PostgresConnections connections, SqlTexts sql) : ITaskStore
{
    public Task PutAsync(string tenant, TaskPackage package, DateTimeOffset now, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            Guid taskUuid = await ClaimAsync(connection, tenant, package, now, cancel);
            IReadOnlyList<StoredVersion> related = await ReadRelatedAsync(connection, tenant, package, cancel);
            if (StoredVersion.CurrentWith(package, taskUuid, related) is { } current)
            {
                await AddAsync(connection, tenant, package, now, cancel);
                await SetCurrentAsync(connection, tenant, package.Name, current, cancel);
            }
            await transaction.CommitAsync(cancel);
            return true;
        },
        cancel);

    public Task<IReadOnlyList<TaskVersionRecord>> GetVersionsAsync(string tenant, string name, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["tasks.ReadVersions"]);
            command.Parameters.With(tenant).With(name);
            List<TaskVersionRecord> versions = await ReadRecordsAsync(command, cancel);
            versions.Sort((a, b) => SemVer.Order.Compare(b.Package.Version, a.Package.Version));
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

    public Task<IReadOnlyList<TaskVersionRecord>> ListAsync(string tenant, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(sql["tasks.ReadCurrent"]);
            command.Parameters.With(tenant);
            return (IReadOnlyList<TaskVersionRecord>)await ReadRecordsAsync(command, cancel);
        },
        cancel);

    public async Task<bool> SetEnabledAsync(string tenant, string name, bool enabled, CancellationToken cancel) =>
        await connections.ExecuteAsync(sql["tasks.SetEnabled"], p => p.With(tenant).With(name).With(enabled), cancel) == 1;

    public async Task<bool> DeleteAsync(string tenant, string name, CancellationToken cancel) =>
        await connections.ExecuteAsync(sql["tasks.Delete"], p => p.With(tenant).With(name), cancel) > 0;

    private async Task<Guid> ClaimAsync(NpgsqlConnection connection, string tenant, TaskPackage package, DateTimeOffset now, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["tasks.Claim"]);
        command.Parameters.With(tenant).With(package.Name).With(package.Uuid).With(package.Digest).With(now.UtcDateTime);
        return (Guid)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<IReadOnlyList<StoredVersion>> ReadRelatedAsync(NpgsqlConnection connection, string tenant, TaskPackage package, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["tasks.ReadRelated"]);
        command.Parameters.With(tenant).With(package.Name).With(package.Uuid);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var versions = new List<StoredVersion>();
        while (await row.ReadAsync(cancel))
        {
            versions.Add(new StoredVersion(row.GetString(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4)));
        }
        return versions;
    }

    private async Task AddAsync(NpgsqlConnection connection, string tenant, TaskPackage package, DateTimeOffset now, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["tasks.AddVersion"]);
        command.Parameters
            .With(tenant).With(package.Digest).With(package.Name).With(package.Uuid).With(package.Version).With(package.Label).With(package.Description)
            .With(package.Metadata).With(package.InputSchema).With(package.OutputSchema).With(package.MainJs)
            .With(StorageJson.Write(package.Execution)).With(StorageJson.Write(package.Retry)).With(package.Source).With(now.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task SetCurrentAsync(NpgsqlConnection connection, string tenant, string name, string digest, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["tasks.SetCurrent"]);
        command.Parameters.With(tenant).With(name).With(digest);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<List<TaskVersionRecord>> ReadRecordsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var records = new List<TaskVersionRecord>();
        while (await row.ReadAsync(cancel))
        {
            records.Add(new TaskVersionRecord(ReadPackage(row), row.GetBoolean(13), row.GetBoolean(14), row.GetFieldValue<DateTimeOffset>(15)));
        }
        return records;
    }

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

using Npgsql;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>Applies what is missing of <c>sql/postgresql/migrations</c>, each file in a transaction of its own, one node at a time.</summary>
internal sealed class PostgresMigrator(PostgresConnections connections, SqlTexts sql, IReadOnlyList<Migration> migrations, TimeProvider time)
{
    public Task MigrateAsync(CancellationToken cancel) => connections.ReadAsync(c => MigrateAsync(c, cancel), cancel);

    private async Task<int> MigrateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await ExecuteAsync(connection, sql["schema_migrations.Lock"], cancel);
        try
        {
            await ExecuteAsync(connection, sql["schema_migrations.CreateTable"], cancel);
            IReadOnlyList<Migration> pending = MigrationPlan.Pending(migrations, await ReadAppliedAsync(connection, cancel), connections.Location);
            foreach (Migration migration in pending) await ApplyAsync(connection, migration, cancel);
            return pending.Count;
        }
        finally
        {
            // A connection that is broken has lost the lock anyhow.
            if (connection.State == System.Data.ConnectionState.Open) await ExecuteAsync(connection, sql["schema_migrations.Unlock"], CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<AppliedMigration>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql["schema_migrations.ReadApplied"]);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var applied = new List<AppliedMigration>();
        while (await row.ReadAsync(cancel)) applied.Add(new AppliedMigration(row.GetInt32(0), row.GetString(1), row.GetString(2)));
        return applied;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await ExecuteAsync(connection, migration.Text, cancel);
        }
        catch (PostgresException error) when (!PostgresErrors.IsUnavailable(error))
        {
            throw new MigrationException($"Migration {migration.Name}.sql failed on {connections.Location}: {error.MessageText}");
        }
        await using (NpgsqlCommand command = connection.Command(sql["schema_migrations.AddApplied"]))
        {
            command.Parameters.With(migration.Number).With(migration.Name).With(migration.Checksum).With(time.GetUtcNow().UtcDateTime);
            await command.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(text);
        // The lock is waited for as long as another node migrates, and a migration may rewrite a large table.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }
}

using Microsoft.Data.Sqlite;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Sqlite;

/// <summary>
/// Applies what is missing of a folder of migrations to a file. What is missing is asked under the write lock, so that of two processes one applies it.
/// </summary>
internal sealed class SqliteMigrator(SqliteFile file, IReadOnlyList<Migration> migrations, TimeProvider time)
{
    public Task MigrateAsync(CancellationToken cancel) => file.WriteAsync(session => session.InTransaction(Migrate), cancel);

    private int Migrate(SqliteSession session)
    {
        session.Execute("schema_migrations.CreateTable");
        IReadOnlyList<Migration> pending = MigrationPlan.Pending(migrations, ReadApplied(session), file.Path);
        foreach (Migration migration in pending) Apply(session, migration);
        return pending.Count;
    }

    private static List<AppliedMigration> ReadApplied(SqliteSession session)
    {
        using SqliteDataReader row = session.Read("schema_migrations.ReadApplied");
        var applied = new List<AppliedMigration>();
        while (row.Read()) applied.Add(new AppliedMigration(row.GetInt32(0), row.GetString(1), row.GetString(2)));
        return applied;
    }

    private void Apply(SqliteSession session, Migration migration)
    {
        try
        {
            session.ExecuteScript(migration.Text);
        }
        catch (SqliteException error) when (!SqliteErrors.IsUnavailable(error))
        {
            throw new MigrationException($"Migration {migration.Name}.sql failed on {file.Path}: {error.Message}");
        }
        session.Execute("schema_migrations.AddApplied", migration.Number, migration.Name, migration.Checksum, SqliteValues.Time(time.GetUtcNow()));
    }
}

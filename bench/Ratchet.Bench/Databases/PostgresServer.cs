using Npgsql;
using Ratchet.Bench.Processes;

namespace Ratchet.Bench.Databases;

/// <summary>The private PostgreSQL of the run, which eng/with-postgres.sh started.</summary>
public static class PostgresServer
{
    public static string ConnectionString => Environment.GetEnvironmentVariable("RATCHET_TEST_POSTGRES")
        ?? throw new RatchetException("Run it under eng/with-postgres.sh: RATCHET_TEST_POSTGRES is not set.");

    public static string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>The same as a URL, which is what clients on Node take.</summary>
    public static string UrlOf(string database)
    {
        var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
        return $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{database}";
    }

    public static async Task ExecuteAsync(string sql, string? database = null)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database is null ? ConnectionString : ConnectionStringOf(database));
        await using NpgsqlCommand command = source.CreateCommand(sql);
        // Looking through a million rows may take longer than the usual half minute.
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string sql, string? argument = null)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        if (argument is not null) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Process id of the server itself, the parent of every backend.</summary>
    public static async Task<int> ProcessIdAsync()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
        return ProcStat.Read(connection.ProcessID)?.Parent ?? throw new RatchetException("PostgreSQL's process is not in /proc: it must run on this machine.");
    }

    /// <summary>Transactions of a database since it was made, as far as its connections have told; they tell at most once a second, and when they fall idle after ten.</summary>
    public static Task<long> TransactionsAsync(string database) =>
        ScalarAsync<long>("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = $1", database);
}

using System.Data.Common;
using Npgsql;

namespace Ratchet.Storage.Tests.Databases;

public sealed class PostgresDatabase : TestDatabase
{
    private const string Variable = "RATCHET_TEST_POSTGRES";
    private readonly string name = $"ratchet_{Guid.CreateVersion7():N}";
    private string connectionString = "";

    public override StorageOptions Options => new() { Provider = "postgresql", ConnectionString = connectionString };

    /// <summary>Of the server, with a database that is always there.</summary>
    private static string Server => Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"{Variable} is not set. Run the tests as: eng/with-postgres.sh artifacts/bin/Ratchet.Storage.Tests/release/Ratchet.Storage.Tests");

    public override async ValueTask CreateAsync()
    {
        connectionString = new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString();
        await RunAsync($"CREATE DATABASE {name}");
    }

    public override DbConnection Connect() => new NpgsqlConnection(connectionString + ";Pooling=false");

    public override async ValueTask DisposeAsync()
    {
        if (connectionString.Length > 0) await RunAsync($"DROP DATABASE {name} WITH (FORCE)");
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

namespace Ratchet.Bench.Databases;

/// <summary>An empty database for one measurement, gone after it: a database of the run's PostgreSQL, or a folder for SQLite.</summary>
public sealed class BenchDatabase : IAsyncDisposable
{
    public const string Postgres = "postgresql";
    public const string Sqlite = "sqlite";

    /// <summary>Both, in the order of the report.</summary>
    public static readonly IReadOnlyList<string> Providers = [Postgres, Sqlite];

    private readonly string? folder;

    private BenchDatabase(string provider, string name, string? folder) => (Provider, Name, this.folder) = (provider, name, folder);

    public string Provider { get; }
    public string Name { get; }

    public string Title => TitleOf(Provider);

    /// <summary>Settings of a silo on it. Ports are free ones, so that runs beside each other do not meet.</summary>
    public Dictionary<string, string?> Settings => folder is not null
        ? new() { ["Storage:Provider"] = Provider, ["Storage:DataDirectory"] = folder }
        : new()
        {
            ["Storage:Provider"] = Provider,
            ["Storage:ConnectionString"] = PostgresServer.ConnectionStringOf(Name),
            ["Cluster:SiloPort"] = "0",
            ["Cluster:GatewayPort"] = "0",
        };

    /// <summary>The same for another process; an environment is not shown to everybody, as a command line is.</summary>
    public Dictionary<string, string?> Environment =>
        Settings.ToDictionary(setting => $"RATCHET__{setting.Key.Replace(":", "__", StringComparison.Ordinal)}", setting => setting.Value);

    public static string TitleOf(string provider) => provider == Sqlite ? "SQLite" : "PostgreSQL";

    public static async Task<BenchDatabase> CreateAsync(string provider)
    {
        string name = $"bench_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        if (provider == Sqlite) return new BenchDatabase(provider, name, Directory.CreateTempSubdirectory("ratchet-bench").FullName);
        await PostgresServer.ExecuteAsync($"CREATE DATABASE {name}");
        return new BenchDatabase(provider, name, null);
    }

    /// <summary>
    /// Does at once what PostgreSQL does by itself within a minute of a large change, and would do during the measurement: statistics, dead rows, and writing what was changed.
    /// </summary>
    public async Task SettleAsync()
    {
        if (folder is not null) return;
        await PostgresServer.ExecuteAsync("VACUUM (ANALYZE)", Name);
        await PostgresServer.ExecuteAsync("CHECKPOINT");
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
            return;
        }

        await PostgresServer.ExecuteAsync($"DROP DATABASE {Name} WITH (FORCE)");
        // What it left to be written is written now, and not during the next measurement.
        await PostgresServer.ExecuteAsync("CHECKPOINT");
    }
}

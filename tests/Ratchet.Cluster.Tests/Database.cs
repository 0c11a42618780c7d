using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Ratchet.Storage;
using Ratchet.Tests.Support;

namespace Ratchet.Cluster.Tests;

/// <summary>A database of a test's own, removed after it.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly string? server;
    private readonly string name;
    private int? port;

    private Database(string? server, string name, string folder)
    {
        this.server = server;
        this.name = name;
        Folder = folder;
    }

    /// <summary>The data folder: the SQLite files, or empty.</summary>
    public string Folder { get; }

    /// <summary>Port of the test's only node.</summary>
    public int SiloPort { get; } = FreePort.Next();

    /// <summary>What a server is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment => server is null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["RATCHET__Storage__Provider"] = "postgresql",
            ["RATCHET__Storage__ConnectionString"] = Address().ConnectionString,
        };

    /// <summary>What is started from now on reaches the database through a cable.</summary>
    public Cable ThroughCable()
    {
        NpgsqlConnectionStringBuilder address = Address();
        var cable = new Cable(new IPEndPoint(IPAddress.Parse(address.Host!), address.Port));
        port = cable.Port;
        return cable;
    }

    public static async Task<Database> CreateAsync(string provider)
    {
        string folder = Directory.CreateTempSubdirectory("ratchet-cluster").FullName;
        if (provider == "sqlite") return new Database(null, "", folder);
        string server = System.Environment.GetEnvironmentVariable("RATCHET_TEST_POSTGRES")
            ?? throw new InvalidOperationException("RATCHET_TEST_POSTGRES is not set: run the tests by ./test.sh, or under eng/with-postgres.sh.");
        string name = $"cluster_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        return new Database(server, name, folder);
    }

    /// <summary>The store that a server left, after its end.</summary>
    public IStore Open()
    {
        StorageOptions options = server is null
            ? new StorageOptions { DataDirectory = Path.Combine(Folder, "data") }
            : new StorageOptions { Provider = "postgresql", ConnectionString = Environment["RATCHET__Storage__ConnectionString"] };
        return StoreFactory.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        Directory.Delete(Folder, recursive: true);
    }

    private NpgsqlConnectionStringBuilder Address()
    {
        var address = new NpgsqlConnectionStringBuilder(server) { Database = name };
        if (port is { } through) address.Port = through;
        return address;
    }

    private static async Task ExecuteAsync(string server, string statement)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server);
        await using NpgsqlCommand command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}

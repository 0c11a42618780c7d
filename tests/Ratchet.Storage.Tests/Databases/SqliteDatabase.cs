using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Ratchet.Storage.Tests.Databases;

public sealed class SqliteDatabase : TestDatabase
{
    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-storage-").FullName;

    public override StorageOptions Options => new() { Provider = "sqlite", DataDirectory = folder };

    public override ValueTask CreateAsync() => ValueTask.CompletedTask;

    public override DbConnection Connect() => new SqliteConnection($"Data Source={Path.Combine(folder, "ratchet.db")};Pooling=False");

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ratchet.Storage.Tests.Databases;

/// <summary>A database of a test class's own, made before its tests and gone after them.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    public abstract StorageOptions Options { get; }

    public abstract ValueTask CreateAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A connection past the store, to look at the tables or to spoil them.</summary>
    public abstract DbConnection Connect();

    public IStore Open(TimeProvider? time = null) => StoreFactory.Create(Options, time ?? TimeProvider.System, NullLoggerFactory.Instance);

    public async Task<object?> ScalarAsync(string sql)
    {
        await using DbConnection connection = Connect();
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}

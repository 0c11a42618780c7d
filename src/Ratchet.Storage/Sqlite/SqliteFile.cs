using Microsoft.Data.Sqlite;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Sqlite;

/// <summary>
/// One database file: a single connection that writes, handed from one writer to the next, and a few that read. SQLite's calls block,
/// so all of them run on the thread pool and never on a grain's thread.
/// </summary>
internal sealed class SqliteFile(string path, SqlTexts sql) : IAsyncDisposable
{
    private const int BusySeconds = 10;
    private const int Readers = 4;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim reading = new(Readers, Readers);
    private readonly Stack<SqliteSession> idleReaders = new();
    private SqliteSession? writer;

    public string Path => path;

    /// <summary>For Orleans, which opens its own connections.</summary>
    public string ConnectionString { get; } = ConnectionStringOf(path, pooling: true);

    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => work(writer ??= Open(forWriting: true)), CancellationToken.None);
        }
        catch (Exception error) when (SqliteErrors.IsUnavailable(error))
        {
            // Whatever state the connection is in, the next one starts anew.
            writer?.Dispose();
            writer = null;
            throw SqliteErrors.Unavailable(error, path);
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => ReadOn(work), CancellationToken.None);
        }
        catch (Exception error) when (SqliteErrors.IsUnavailable(error))
        {
            throw SqliteErrors.Unavailable(error, path);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Reads all rows of a named query.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(string query, object[] values, Func<SqliteDataReader, T> read, CancellationToken cancel) =>
        ReadAsync(session => session.List(read, query, values), cancel);

    public async ValueTask DisposeAsync()
    {
        await writing.WaitAsync();
        for (int i = 0; i < Readers; i++) await reading.WaitAsync();
        foreach (SqliteSession reader in idleReaders) reader.Dispose();
        // Last, so that the log is folded into the file when the writer closes.
        writer?.Dispose();
        writing.Dispose();
        reading.Dispose();
    }

    private T ReadOn<T>(Func<SqliteSession, T> work)
    {
        SqliteSession? session;
        lock (idleReaders) idleReaders.TryPop(out session);
        session ??= Open(forWriting: false);
        try
        {
            T result = work(session);
            lock (idleReaders) idleReaders.Push(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private SqliteSession Open(bool forWriting)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var connection = new SqliteConnection(ConnectionStringOf(path, pooling: false));
        try
        {
            connection.Open();
            var session = new SqliteSession(connection, sql);
            if (!forWriting) return session;
            session.ExecuteScript(sql["schema_migrations.UseWriteAheadLog"]);
            session.ExecuteScript(sql["schema_migrations.UseFullSync"]);
            session.ExecuteScript(sql["schema_migrations.UseLargeCache"]);
            session.ExecuteScript(sql["schema_migrations.UseLongLog"]);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionStringOf(string path, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = pooling,
        // How long a statement waits for another connection's lock.
        DefaultTimeout = BusySeconds,
    }.ToString();
}

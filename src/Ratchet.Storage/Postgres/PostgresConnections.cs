using System.Data;
using Npgsql;

namespace Ratchet.Storage.Postgres;

/// <summary>The two connection pools: the journal never waits for a connection behind readers.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    // Every change finds its rows by their keys, one by one. The plan for that is made once (planning anew would cost more than a small set itself), and on an
    // empty table it would be another: to read the whole table, which is kept while the table grows and costs 20 ms a set by the time it has 10,000 rows.
    private const string WriterSettings = $"-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off {ReaderSettings}";

    // What is disabled counts as so dear that it would be compiled to machine code; no statement here is worth that.
    private const string ReaderSettings = "-c enable_seqscan=off -c jit=off";
    internal const int MostTexts = 400;

    /// <summary>Connections of each pool, unless the connection string says otherwise. PostgreSQL grants 100 in all by default, and there may be several nodes.</summary>
    private const int MostConnections = 20;
    /// <summary>Questions that clients put together themselves and that may read much: no more at once than these, so that there is always room for jobs.</summary>
    private const int ListConnections = 4;
    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly NpgsqlDataSource lists;

    /// <exception cref="RatchetException">The connection string is missing or not one that Npgsql understands.</exception>
    public PostgresConnections(string? connectionString, int listSeconds = 5)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new RatchetException(
                "Storage:ConnectionString is empty. PostgreSQL needs one, such as Host=localhost;Database=ratchet;Username=ratchet;Password=...");
        }
        NpgsqlConnectionStringBuilder builder = Parse(connectionString);
        Location = $"postgresql://{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}";
        string? options = builder.Options;
        builder.Options = $"{options} {ReaderSettings}".TrimStart();
        readers = NpgsqlDataSource.Create(builder);
        builder.Options = $"{options} {WriterSettings}".TrimStart();
        builder.ApplicationName += " journal";
        writers = NpgsqlDataSource.Create(builder);
        lists = NpgsqlDataSource.Create(ForLists(connectionString, listSeconds));
    }

    /// <summary>Host, port and database; no user, no password.</summary>
    public string Location { get; }

    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancel) => RunAsync(readers, use, cancel);

    public Task<T> WriteAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancel) => RunAsync(writers, use, cancel);

    /// <summary>On connections of which each statement ends after the seconds that lists have, and is planned for its own values.</summary>
    public Task<T> ListAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancel) => RunAsync(lists, use, cancel);

    /// <summary>Reads all rows of one statement.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(string text, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel) =>
        ReadAsync(connection => RowsAsync(connection, text, bind, read, cancel), cancel);

    /// <summary>Runs one statement that changes rows, and reads what it returns.</summary>
    public Task<IReadOnlyList<T>> ChangeAsync<T>(string text, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel) =>
        WriteAsync(connection => RowsAsync(connection, text, bind, read, cancel), cancel);

    /// <summary>Runs one statement; answers how many rows it changed.</summary>
    public Task<int> ExecuteAsync(string text, Action<NpgsqlParameterCollection> bind, CancellationToken cancel) => WriteAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(text);
            bind(command.Parameters);
            return await command.ExecuteNonQueryAsync(cancel);
        },
        cancel);

    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await writers.DisposeAsync();
        await lists.DisposeAsync();
    }

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(
        NpgsqlConnection connection, string text, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(text);
        bind(command.Parameters);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await row.ReadAsync(cancel)) rows.Add(read(row));
        return rows;
    }

    private async Task<T> RunAsync<T>(NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> use, CancellationToken cancel)
    {
        try
        {
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancel);
            try
            {
                return await use(connection);
            }
            catch (Exception error) when (error is PostgresException or OperationCanceledException)
            {
                ForgetPrepared(connection);
                throw;
            }
        }
        catch (Exception error) when (PostgresErrors.IsUnavailable(error))
        {
            throw PostgresErrors.Unavailable(error, Location);
        }
    }

    /// <summary>
    /// When a value is refused (or the wait for it given up) just as its statement is prepared, Npgsql takes the statement for one without rows, and the next to
    /// use the connection fails with "unexpected backend message DataRow". So a statement that failed leaves a connection with nothing prepared.
    /// </summary>
    private static void ForgetPrepared(NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open) return;
        try
        {
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // The connection is lost, and with it what was prepared: what failed first is what the caller has to know.
        }
    }

    private static NpgsqlConnectionStringBuilder ForLists(string connectionString, int seconds)
    {
        NpgsqlConnectionStringBuilder builder = Parse(connectionString);
        // There is no end of texts here, so none is worth keeping prepared; and a plan that knows the values may use indexes that are for some of them alone.
        builder.MaxAutoPrepare = 0;
        builder.MinPoolSize = 0;
        builder.MaxPoolSize = ListConnections;
        builder.CommandTimeout = seconds + 5;
        builder.ApplicationName += " lists";
        builder.Options = $"{builder.Options} -c statement_timeout={seconds * 1_000} -c jit=off".TrimStart();
        return builder;
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            builder.ApplicationName ??= "ratchet";
            // Nothing here changes a session, so that there is nothing to put back: it would cost the server 0.2 ms at each use of a connection.
            builder.NoResetOnClose = true;
            // Every statement is one of a fixed set of texts: all are prepared at their second use. A user may turn this off for a pooler that forbids it.
            // More room than there are texts (a test counts them): when Npgsql has to give up one prepared statement for another within a batch, it loses
            // track of the answers ("unexpected backend message DataRow").
            string said = connectionString.Replace(" ", "", StringComparison.Ordinal);
            if (!said.Contains("poolsize", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = MostConnections;
            if (!said.Contains("autoprepare", StringComparison.OrdinalIgnoreCase))
            {
                builder.MaxAutoPrepare = MostTexts;
                builder.AutoPrepareMinUsages = 2;
            }
            return builder;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new RatchetException($"Storage:ConnectionString is not one that Npgsql understands: {error.Message}", error);
        }
    }
}

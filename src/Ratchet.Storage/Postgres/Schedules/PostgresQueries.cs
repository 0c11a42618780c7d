using Npgsql;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Postgres;

/// <summary>Named queries, each on a connection of its own.</summary>
internal sealed class PostgresQueries(PostgresConnections connections, SqlTexts sql)
{
    /// <summary>Answers how many rows were changed.</summary>
    public Task<int> ExecuteAsync(string query, Action<NpgsqlParameterCollection> bind, CancellationToken cancel) => connections.ReadAsync(
        connection => ExecuteOnAsync(connection, query, bind, cancel),
        cancel);

    public Task<IReadOnlyList<T>> ReadAsync<T>(
        string query, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel) => connections.ReadAsync(
        connection => ReadOnAsync(connection, query, bind, read, cancel),
        cancel);

    public async Task<T?> ReadOneAsync<T>(string query, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
        where T : class => await ReadAsync(query, bind, read, cancel) is [{ } first, ..] ? first : null;

    public Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
            T result = await work(connection);
            await transaction.CommitAsync(cancel);
            return result;
        },
        cancel);

    public async Task<int> ExecuteOnAsync(NpgsqlConnection connection, string query, Action<NpgsqlParameterCollection> bind, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql[query]);
        bind(command.Parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<IReadOnlyList<T>> ReadOnAsync<T>(
        NpgsqlConnection connection, string query, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connection.Command(sql[query]);
        bind(command.Parameters);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await row.ReadAsync(cancel)) rows.Add(read(row));
        return rows;
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;
using Ratchet.Storage.Sql;

namespace Ratchet.Storage.Sqlite;

/// <summary>One open connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection, SqlTexts sql) : IDisposable
{
    /// <summary>Steps of SQLite's virtual machine; some tenths of a millisecond.</summary>
    private const int StepsBetweenLooks = 10_000;

    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    /// <summary>Runs a named query that returns no rows; answers how many it changed.</summary>
    /// <param name="values">The values of ?1, ?2 and so on.</param>
    public int Execute(string query, params ReadOnlySpan<object> values) => Bind(query, values).ExecuteNonQuery();

    public SqliteDataReader Read(string query, params ReadOnlySpan<object> values) => Bind(query, values).ExecuteReader();

    /// <summary>Runs a named query and reads all its rows.</summary>
    public IReadOnlyList<T> List<T>(Func<SqliteDataReader, T> read, string query, params ReadOnlySpan<object> values)
    {
        using SqliteDataReader row = Read(query, values);
        var rows = new List<T>();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    /// <summary>Reads all rows of a text that is not kept, as there is no end of such texts, until <paramref name="enough"/> says that it takes too long (SQLITE_INTERRUPT).</summary>
    public List<T> ListOnce<T>(Func<SqliteDataReader, T> read, string text, object[] values, Func<bool> enough)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "?" + (i + 1).ToString(CultureInfo.InvariantCulture), Value = values[i] });
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, StepsBetweenLooks, _ => enough() ? 1 : 0, null);
        try
        {
            using SqliteDataReader row = command.ExecuteReader();
            var rows = new List<T>();
            while (row.Read()) rows.Add(read(row));
            return rows;
        }
        finally
        {
            SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
        }
    }

    /// <summary>Runs a text of several statements, such as a migration.</summary>
    public void ExecuteScript(string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs <paramref name="work"/> in a transaction that has the write lock from its start.</summary>
    public T InTransaction<T>(Func<SqliteSession, T> work)
    {
        Execute("schema_migrations.Begin");
        try
        {
            T result = work(this);
            Execute("schema_migrations.Commit");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private void RollBack()
    {
        try
        {
            Execute("schema_migrations.Rollback");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private SqliteCommand Bind(string query, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(query, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql[query];
            for (int i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "?" + i.ToString(CultureInfo.InvariantCulture) });
            }
            prepared.Add(query, command);
        }
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command;
    }
}

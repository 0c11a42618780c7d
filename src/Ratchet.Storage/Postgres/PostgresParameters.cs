using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Ratchet.Jobs;
using Ratchet.Preconditions;

namespace Ratchet.Storage.Postgres;

/// <summary>Positional parameters ($1, $2, ...) in the order in which they are added, without boxing.</summary>
internal static class PostgresParameters
{
    public static NpgsqlParameterCollection With<T>(this NpgsqlParameterCollection parameters, T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return parameters;
    }

    /// <summary>UTF-8 bytes as <c>text[]</c>: they go over the wire as they are, without becoming strings.</summary>
    public static NpgsqlParameterCollection WithTexts(this NpgsqlParameterCollection parameters, byte[]?[] utf8)
    {
        parameters.Add(new NpgsqlParameter<byte[]?[]> { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return parameters;
    }

    /// <summary>For <c>revision = ANY(...)</c>; null when any will do.</summary>
    public static NpgsqlParameterCollection WithRevisions(this NpgsqlParameterCollection parameters, Precondition? only)
    {
        parameters.Add(new NpgsqlParameter<long[]?> { TypedValue = only?.Revisions?.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return parameters;
    }

    /// <summary>Names of states, for <c>state = ANY(...)</c>.</summary>
    public static NpgsqlParameterCollection WithStates(this NpgsqlParameterCollection parameters, IReadOnlyList<JobState> states) =>
        parameters.With(states.Select(s => s.Name()).ToArray());

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string text) => new(text, connection);

    public static T? OrNull<T>(this DbDataReader row, int column) where T : class => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

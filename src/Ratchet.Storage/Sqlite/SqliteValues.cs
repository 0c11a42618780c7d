using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ratchet.Jobs;
using Ratchet.Preconditions;

namespace Ratchet.Storage.Sqlite;

/// <summary>How values look in the file: ids as 16 bytes in network order, times as microseconds since 1970 in UTC.</summary>
internal static class SqliteValues
{
    public static byte[] Id(Guid id) => id.ToByteArray(bigEndian: true);

    public static long Time(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static object OrNull(object? value) => value ?? DBNull.Value;

    public static object OrNull(DateTimeOffset? time) => time is { } value ? Time(value) : DBNull.Value;

    /// <summary>In microseconds, as times are.</summary>
    public static long Span(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A JSON array, for json_each.</summary>
    public static string States(IReadOnlyList<JobState> states) => $"[{string.Join(',', states.Select(s => $"\"{s.Name()}\""))}]";

    public static string Names(IReadOnlyList<string> names) => JsonSerializer.Serialize(names);

    /// <summary>A JSON array of hexadecimal texts, for json_each and unhex.</summary>
    public static string Ids(IEnumerable<Guid> ids) => $"[{string.Join(',', ids.Select(id => $"\"{id:N}\""))}]";

    /// <summary>For <c>revision IN (... json_each(...))</c>; null when any will do.</summary>
    public static object Revisions(Precondition? only) => only?.Revisions is { } revisions ? Numbers(revisions) : DBNull.Value;

    public static string Numbers(IEnumerable<long> numbers) => JsonSerializer.Serialize(numbers);

    public static Guid GetId(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static DateTimeOffset GetTime(this SqliteDataReader row, int column) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (row.GetInt64(column) * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTimeOffset? GetTimeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetTime(column);

    public static string? GetTextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A text's UTF-8 bytes, as they are in the file.</summary>
    public static byte[]? GetBytesOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}

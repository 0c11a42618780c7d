using System.Globalization;
using System.Text.Json;

namespace Ratchet.Cli.Output;

/// <summary>
/// Reads single fields of what a server sent, for tables. A field that is absent, null or of another type shows as empty: the server may be newer.
/// </summary>
internal static class JsonFields
{
    public static JsonElement? Field(this JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>A text as it is, anything else as JSON.</summary>
    public static string Shown(this JsonElement element, string key) => element.Field(key) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => JsonOutput.ToText(other),
    };

    public static DateTimeOffset? Time(this JsonElement element, string key) =>
        element.Field(key) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;

    /// <summary><c>2026-11-23 15:17:06.123Z</c>.</summary>
    public static string ShownTime(this JsonElement element, string key) =>
        element.Time(key)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? element.Shown(key);

    public static IEnumerable<JsonElement> Items(this JsonElement element, string key) =>
        element.Field(key) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}

using System.Text.Json;

namespace Ratchet.Gateway.Hosting;

/// <summary>Kinds of fields that several answers have.</summary>
internal static class JsonValues
{
    /// <summary>Left out when there is none.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } value) json.WriteString(name, value);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

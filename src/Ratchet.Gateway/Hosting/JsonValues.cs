using System.Text.Json;
using Ratchet.Workers;

namespace Ratchet.Gateway.Hosting;

/// <summary>Kinds of fields that several answers have.</summary>
internal static class JsonValues
{
    /// <summary>Left out when there is none.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } value) json.WriteString(name, value);
    }

    /// <summary>A worker by its name, and beside it which of its starts; left out when there is none. Any other actor is written as it is.</summary>
    public static void WriteWorker(this Utf8JsonWriter json, string name, string? incarnation)
    {
        if (incarnation is null) return;
        json.WriteString(name, NodeIncarnation.NameOf(incarnation));
        if (NodeIncarnation.Is(incarnation)) json.WriteString("incarnation", incarnation);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

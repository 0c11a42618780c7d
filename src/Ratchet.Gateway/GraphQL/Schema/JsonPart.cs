using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>A member of an object as REST shows it, for what both have in the same words.</summary>
internal static class JsonPart
{
    /// <summary>Null when the object has no such member.</summary>
    public static RawJson? Of(Action<Utf8JsonWriter> write, string member)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        using JsonDocument whole = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        return whole.RootElement.TryGetProperty(member, out JsonElement part) ? RawJson.Of(part.GetRawText()) : null;
    }
}

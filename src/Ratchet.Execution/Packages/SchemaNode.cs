using System.Text.Json;

namespace Ratchet.Execution.Packages;

/// <summary>A schema within a schema document.</summary>
/// <param name="Path">Keys and indices from the document's root.</param>
/// <param name="Base">The URI of the resource that it is part of, or is (JSON Schema 2020-12 core, section 8.2.1).</param>
internal sealed record SchemaNode(IReadOnlyList<string> Path, JsonElement Element, Uri Base)
{
    /// <summary>As a JSON Pointer in a URI fragment (RFC 6901, section 6), without escapes of the URI: <c>#/properties/a</c>.</summary>
    public string Pointer => "#" + string.Concat(Path.Select(p => $"/{p.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));

    public string? Text(string key) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="InPlace">It is applied to the same value, and not to a part of it.</param>
/// <param name="Reference">The keyword, where it is a reference; null for a subschema.</param>
internal readonly record struct SchemaEdge(SchemaNode To, bool InPlace, string? Reference);

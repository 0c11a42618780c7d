using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ratchet.Gateway.Bodies;

/// <summary>JSON Merge Patch (RFC 7396): members of objects are put over those that are there, null takes one away, and anything else replaces what was there.</summary>
public static class MergePatch
{
    /// <summary>Section 2 of the RFC. Numbers that are not touched keep the digits that they were written with.</summary>
    /// <returns>What <paramref name="target"/> is now; it may have been changed in place.</returns>
    /// <exception cref="ArgumentException">An object that is merged has a key twice.</exception>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        JsonObject merged = target as JsonObject ?? [];
        foreach ((string name, JsonNode? change) in changes)
        {
            if (change is null)
            {
                merged.Remove(name);
                continue;
            }

            // A node has one parent: what is there is taken out before it is put back changed.
            merged.TryGetPropertyValue(name, out JsonNode? there);
            JsonNode? now = Apply(there, change);
            if (!ReferenceEquals(there, now)) merged[name] = now;
        }

        return merged;
    }

    /// <exception cref="JsonException">Not JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, int mostDepth) => JsonNode.Parse(utf8, null, new JsonDocumentOptions { MaxDepth = mostDepth, AllowDuplicateProperties = false });
}

using System.Text.Json.Nodes;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.OpenApi;

/// <summary>Makes JSON Schemas (draft 2020-12, as OpenAPI 3.1 has them) for the description of the interface.</summary>
internal static class Schema
{
    public static JsonObject Text(string? meaning = null) => Kind("string", meaning);

    public static JsonObject Uuid(string? meaning = null) => Formatted("uuid", meaning);

    /// <summary>RFC 3339.</summary>
    public static JsonObject Instant(string? meaning = null) => Formatted("date-time", meaning);

    public static JsonObject Integer(string? meaning = null, long? least = null, long? most = null)
    {
        JsonObject schema = Kind("integer", meaning);
        if (least is not null) schema["minimum"] = least;
        if (most is not null) schema["maximum"] = most;
        return schema;
    }

    public static JsonObject Number(string? meaning = null) => Kind("number", meaning);

    public static JsonObject Flag(string? meaning = null) => Kind("boolean", meaning);

    /// <summary>Any JSON.</summary>
    public static JsonObject Any(string? meaning = null) => meaning is null ? [] : new JsonObject { ["description"] = meaning };

    /// <summary>Any JSON object.</summary>
    public static JsonObject AnyObject(string? meaning = null) => Kind("object", meaning);

    /// <summary>One of a few words.</summary>
    public static JsonObject Word(IEnumerable<string> words, string? meaning = null)
    {
        JsonObject schema = Kind("string", meaning);
        schema["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        return schema;
    }

    public static JsonObject Word(params string[] words) => Word(words, null);

    public static JsonObject List(JsonObject items, int? most = null, string? meaning = null)
    {
        JsonObject schema = Kind("array", meaning);
        schema["items"] = items;
        if (most is not null) schema["maxItems"] = most;
        return schema;
    }

    /// <summary>An object whose keys anybody chooses.</summary>
    public static JsonObject Map(JsonObject values, string? meaning = null)
    {
        JsonObject schema = Kind("object", meaning);
        schema["additionalProperties"] = values;
        return schema;
    }

    /// <summary>See <see cref="Durations"/>: text with units, or a number of seconds.</summary>
    public static JsonObject Duration() => ApiType.Duration.Reference();

    /// <param name="fields">Names and schemas; a name with a question mark at its end is one of a field that may be absent.</param>
    public static JsonObject Object(string? meaning, params ReadOnlySpan<(string Name, JsonObject Schema)> fields)
    {
        JsonObject schema = Kind("object", meaning), properties = [];
        var required = new JsonArray();
        foreach ((string name, JsonObject field) in fields)
        {
            string plain = name.TrimEnd('?');
            properties[plain] = field;
            if (plain.Length == name.Length) required.Add((JsonNode)name);
        }

        if (required.Count > 0) schema["required"] = required;
        schema["properties"] = properties;
        return schema;
    }

    /// <summary>What it means here; beside a reference too, as draft 2020-12 allows.</summary>
    public static JsonObject Saying(this JsonObject schema, string meaning)
    {
        schema["description"] = meaning;
        return schema;
    }

    private static JsonObject Kind(string type, string? meaning)
    {
        var schema = new JsonObject { ["type"] = type };
        if (meaning is not null) schema["description"] = meaning;
        return schema;
    }

    private static JsonObject Formatted(string format, string? meaning)
    {
        JsonObject schema = Kind("string", meaning);
        schema["format"] = format;
        return schema;
    }
}

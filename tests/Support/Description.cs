using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ratchet.Tests.Support;

/// <summary>An OpenAPI document, to hold a server's answers against.</summary>
internal sealed class Description(JsonObject document)
{
    private readonly List<(Regex Path, JsonObject Item)> paths =
    [
        .. document["paths"]!.AsObject()
            // A literal goes before a parameter in its place.
            .OrderBy(path => path.Key.Replace("{", "~", StringComparison.Ordinal), StringComparer.Ordinal)
            .Select(path => (new Regex("^" + Regex.Replace(path.Key, "\\{[^}]+\\}", "[^/]+") + "$"), path.Value!.AsObject())),
    ];

    public JsonObject Document => document;

    /// <summary>Each operation, with its path and method.</summary>
    public IEnumerable<(string Path, string Method, JsonObject Operation)> Operations =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(o => o.Value is JsonObject value && value.ContainsKey("responses")).Select(o => (path.Key, o.Key.ToUpperInvariant(), o.Value!.AsObject())));

    /// <summary>Fails when the answer has a status, a media type, a problem or a body that its operation is not described to have. What is at no path that is described is none of its business.</summary>
    public void Accepts(string method, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        string path = response.RequestMessage!.RequestUri!.AbsolutePath;
        int status = (int)response.StatusCode;
        JsonObject? operation = paths.FirstOrDefault(p => p.Path.IsMatch(path)).Item?[method.ToLowerInvariant()] as JsonObject;
        // Methods and addresses that are not there are refused before any operation.
        if (operation is null || status == 405) return;
        string at = $"{method} {path} -> {status}";
        JsonNode? described = Resolved(operation["responses"]![$"{status}"]);
        Assert.True(described is not null, $"{at} is not described");
        if (body.Length == 0) return;
        string type = response.Content.Headers.ContentType!.MediaType!;
        JsonNode? content = described["content"]?[type];
        Assert.True(content is not null, $"{at} as {type} is not described");
        // A list may be asked for with some of its items' members alone.
        bool partial = response.RequestMessage.RequestUri.Query.Contains("fields=", StringComparison.Ordinal);
        IEnumerable<JsonNode?> values = type == "application/x-ndjson"
            ? System.Text.Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))
            : type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) ? [JsonNode.Parse(body)] : [];
        foreach (JsonNode? value in values)
        {
            string? mistake = Mistake(value, content["schema"]!.AsObject(), "");
            Assert.True(mistake is null || (partial && mistake.EndsWith(" is missing", StringComparison.Ordinal)), $"{at}: {mistake}");
        }
    }

    /// <summary>What is wrong with a value, by the part of JSON Schema that the document uses; fields that a schema does not name count as wrong, so that none goes undescribed. Null when nothing is.</summary>
    public string? Mistake(JsonNode? value, JsonObject schema, string at, bool open = false)
    {
        open |= schema["$ref"]?.GetValue<string>().EndsWith("/Problem", StringComparison.Ordinal) == true;
        schema = Resolved(schema)!.AsObject();
        if (schema["allOf"] is JsonArray all) return all.Select(part => Mistake(value, part!.AsObject(), at, open: true)).FirstOrDefault(m => m is not null);
        if (schema["oneOf"] is JsonArray some) return some.Any(part => Mistake(value, part!.AsObject(), at) is null) ? null : $"{at} is none of oneOf";
        if (schema["type"] is { } types && !Kinds(types).Contains(KindOf(value)) && !(KindOf(value) == "integer" && Kinds(types).Contains("number"))) return $"{at} is {KindOf(value)}, not {types}";
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))) return $"{at} is {value?.ToJsonString()}, none of {words.ToJsonString()}";
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(value!.GetValue<string>(), pattern.GetValue<string>())) return $"{at} does not match {pattern}";
        if (schema["format"]?.GetValue<string>() is "uuid" && !Guid.TryParse(value!.GetValue<string>(), out _)) return $"{at} is no UUID";
        if (schema["format"]?.GetValue<string>() is "date-time" && !DateTimeOffset.TryParse(value!.GetValue<string>(), out _)) return $"{at} is no instant";
        if (value is JsonArray items && schema["items"] is JsonObject each) return items.Select((item, index) => Mistake(item, each, $"{at}/{index}")).FirstOrDefault(m => m is not null);
        return value is JsonObject fields && (schema["properties"] ?? schema["additionalProperties"]) is not null ? MistakeOfFields(fields, schema, at, open) : null;
    }

    private string? MistakeOfFields(JsonObject fields, JsonObject schema, string at, bool open)
    {
        if (schema["required"] is JsonArray required && required.FirstOrDefault(name => !fields.ContainsKey(name!.GetValue<string>())) is { } missing) return $"{at}/{missing} is missing";
        foreach ((string name, JsonNode? value) in fields)
        {
            JsonObject? field = (schema["properties"]?[name] ?? schema["additionalProperties"] as JsonObject) as JsonObject;
            // A problem may have members of its own.
            if (field is null && !open) return $"{at}/{name} is not described";
            if (field is not null && Mistake(value, field, $"{at}/{name}") is { } mistake) return mistake;
        }

        return null;
    }

    private JsonNode? Resolved(JsonNode? node) => node?["$ref"] is { } reference
        ? Resolved(reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (at, step) => at?[step]))
        : node;

    private static string[] Kinds(JsonNode types) => types is JsonArray several ? [.. several.Select(t => t!.GetValue<string>())] : [types.GetValue<string>()];

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => value.GetValue<decimal>() % 1 == 0 ? "integer" : "number",
        _ => "object",
    };
}

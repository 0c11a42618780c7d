using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.OpenApi;

/// <summary>
/// The schema of a JSON object that requests have. Its fields and their kinds come out of the <see cref="BodyShape{T}"/> that reads them; only the words are added here, and words that are missing, or
/// are about a field that is not there, fail a test.
/// </summary>
internal sealed class ApiBody
{
    private static readonly ConditionalWeakTable<object, ApiBody> ByShape = [];
    private static readonly System.Collections.Concurrent.ConcurrentQueue<ApiBody> Made = [];
    private readonly ApiType type;
    private readonly Func<JsonObject> make;
    private readonly IReadOnlyDictionary<string, string> words;

    private ApiBody(string name, string meaning, Func<JsonObject> kinds, IReadOnlyDictionary<string, string> words, string[] required, bool partial)
    {
        this.words = words;
        make = kinds;
        type = ApiType.Of(name, () =>
        {
            JsonObject schema = kinds();
            schema["description"] = meaning;
            if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(field => (JsonNode)field)]);
            foreach ((string field, string word) in words) FieldAt(schema, field)?.Saying(word);
            if (partial) foreach ((_, JsonNode? property) in schema["properties"]!.AsObject()) Removable(property!.AsObject());
            return schema;
        });
    }

    /// <param name="shape">What reads it.</param>
    /// <param name="draft">What reading begins with.</param>
    /// <param name="words">What each field means, by its name; one of an object in it as <c>filter.state</c>.</param>
    public static ApiBody Of<T>(string name, string meaning, BodyShape<T> shape, T draft, IReadOnlyDictionary<string, string> words, params string[] required)
    {
        var body = new ApiBody(name, meaning, () => Build(shape, draft), words, required, partial: false);
        ByShape.Add(shape, body);
        Made.Enqueue(body);
        return body;
    }

    /// <summary>All that are described so far.</summary>
    public static IEnumerable<ApiBody> All => Made;

    /// <summary>The same fields as a JSON Merge Patch (RFC 7396): none is needed, and null takes one away.</summary>
    public ApiBody Patch(string name, string meaning) => new(name, meaning, make, words, [], partial: true);

    /// <summary>The same fields where others are needed.</summary>
    public ApiBody Needing(string name, string meaning, params string[] required) => new(name, meaning, make, words, required, partial: false);

    /// <summary>The schema of an object within another: a reference when it has a name.</summary>
    public static JsonObject SchemaOf<T>(BodyShape<T> shape, T draft) => ByShape.TryGetValue(shape, out ApiBody? known) ? known.Reference() : Build(shape, draft);

    public JsonObject Reference() => type.Reference();

    /// <summary>Fields without words, and words without a field.</summary>
    public IEnumerable<string> Mismatches()
    {
        JsonObject schema = make();
        foreach (string field in Fields(schema, "").Where(field => !words.ContainsKey(field))) yield return $"{type.Name}: field '{field}' has no words";
        foreach (string field in words.Keys.Where(field => FieldAt(schema, field) is null)) yield return $"{type.Name}: words for '{field}', which is no field";
    }

    private static JsonObject Build<T>(BodyShape<T> shape, T draft)
    {
        JsonObject schema = Schema.Object(null, [.. shape.Kinds(draft).Select(field => (field.Field + "?", field.Kind))]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static IEnumerable<string> Fields(JsonObject schema, string prefix) =>
        schema["properties"]?.AsObject().SelectMany(field => Fields(field.Value!.AsObject(), $"{prefix}{field.Key}.").Prepend(prefix + field.Key)) ?? [];

    private static JsonObject? FieldAt(JsonObject schema, string path) =>
        path.Split('.').Aggregate((JsonNode?)schema, (node, step) => node?["properties"]?[step]) as JsonObject;

    private static void Removable(JsonObject property)
    {
        if (property["type"] is JsonValue type) property["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (property["enum"] is JsonArray words) words.Add(null);
    }
}

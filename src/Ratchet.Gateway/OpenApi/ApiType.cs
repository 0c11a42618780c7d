using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.OpenApi;

/// <summary>A schema with a name, which others refer to: one of <c>components.schemas</c>.</summary>
internal sealed class ApiType
{
    private const string Prefix = "#/components/schemas/";
    private static readonly ConcurrentDictionary<string, ApiType> Known = new(StringComparer.Ordinal);
    private readonly Lazy<JsonObject> schema;

    private ApiType(string name, Func<JsonObject> make) => (Name, schema) = (name, new Lazy<JsonObject>(make));

    /// <summary>A length of time.</summary>
    public static ApiType Duration { get; } = Of("Duration", () => new JsonObject
    {
        ["description"] = $"A length of time: {Durations.Form}. At most 100 years.",
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", ["minLength"] = 2 },
            new JsonObject { ["type"] = "number", ["minimum"] = 0 }),
        ["examples"] = new JsonArray("90s", "1h30m", 2.5),
    });

    /// <summary>An error (RFC 9457).</summary>
    public static ApiType Problem { get; } = Of("Problem", () => Schema.Object(
        "An error, as RFC 9457 has it. Some types have members of their own.",
        ("type", Schema.Text("urn:ratchet:problem: and a code that stays as it is.")),
        ("title", Schema.Text("What kind of error it is.")),
        ("status", Schema.Integer("The HTTP status.")),
        ("detail", Schema.Text("What is wrong, and what to do, in a sentence.")),
        ("instance?", Schema.Text("The path of the request; absent in a problem that is one of several in an answer.")),
        ("errors?", Schema.List(Schema.Object(
            "One mistake in the request.",
            ("pointer?", Schema.Text("JSON Pointer (RFC 6901) into the body, or / and a parameter's name.")),
            ("file?", Schema.Text("Of a task that was sent: the file.")),
            ("line?", Schema.Integer("In that file, from 1.", 1)),
            ("column?", Schema.Integer("In that line, from 1.", 1)),
            ("detail", Schema.Text("What is wrong there.")),
            ("field?", Schema.Integer("Of a cron expression: the number of its field, from 1.")),
            ("offset?", Schema.Integer("Of a cron expression: characters before the mistake.")))))));

    public string Name { get; }

    /// <param name="make">Called once, when the description is asked for.</param>
    /// <exception cref="InvalidOperationException">There is another type of that name.</exception>
    public static ApiType Of(string name, Func<JsonObject> make)
    {
        var type = new ApiType(name, make);
        return Known.TryAdd(name, type) ? type : throw new InvalidOperationException($"Two schemas are named {name}.");
    }

    /// <summary>An object, see <see cref="Schema.Object"/>.</summary>
    public static ApiType Of(string name, string meaning, params (string Name, JsonObject Schema)[] fields) => Of(name, () => Schema.Object(meaning, fields));

    public static implicit operator JsonObject(ApiType type) => type.Reference();

    public JsonObject Reference() => new() { ["$ref"] = Prefix + Name };

    /// <summary>All types that a node refers to, and those that they refer to.</summary>
    public static SortedDictionary<string, JsonObject> ReferredBy(IEnumerable<JsonNode> nodes)
    {
        var found = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var open = new Queue<JsonNode?>(nodes);
        while (open.TryDequeue(out JsonNode? node))
        {
            if (node is JsonArray array) foreach (JsonNode? item in array) open.Enqueue(item);
            if (node is not JsonObject members) continue;
            foreach ((string key, JsonNode? value) in members)
            {
                open.Enqueue(value);
                if (key != "$ref" || value is not JsonValue text || !text.GetValue<string>().StartsWith(Prefix, StringComparison.Ordinal)) continue;
                string name = text.GetValue<string>()[Prefix.Length..];
                if (found.ContainsKey(name)) continue;
                open.Enqueue(found[name] = (JsonObject)Known[name].schema.Value.DeepClone());
            }
        }

        return found;
    }
}

using System.Text.Json.Nodes;

namespace Ratchet.Gateway.OpenApi;

/// <summary>The headers that answers have.</summary>
internal static class ApiHeaders
{
    /// <summary>Of every answer.</summary>
    public static readonly string[] Always = ["X-Request-Id"];

    private static readonly Dictionary<string, JsonObject> Schemas = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-Request-Id"] = Schema.Text("The request's id: the one that was sent, or the server's own."),
        ["RateLimit-Policy"] = Schema.Text("How many requests an address may make: \"address\";q=1000;w=1 (draft-ietf-httpapi-ratelimit-headers-11). Absent where nobody is limited."),
        ["RateLimit"] = Schema.Text("How many are left, and seconds until all are there again: \"address\";r=973;t=1."),
        ["Retry-After"] = Schema.Integer("Seconds until another try is worth it.", 1),
        ["Location"] = Schema.Text("Path of what was made."),
        ["ETag"] = Schema.Text("Names this state, for If-Match."),
        ["Link"] = Schema.Text("The next page (RFC 8288)."),
        ["x-total-count"] = Schema.Integer("How many there are in all.", 0),
        ["x-total-count-more"] = Schema.Word(["true"], "There are more than x-total-count says: they were not counted to the end."),
        ["Content-Disposition"] = Schema.Text("The file's name."),
        ["Preference-Applied"] = Schema.Text("The preference that was followed: wait=10."),
        ["Allow"] = Schema.Text("The methods that there are."),
        ["Accept-Encoding"] = Schema.Text("The content codings that are taken."),
        ["Accept-Patch"] = Schema.Text("The media type that PATCH takes."),
        ["Deprecation"] = Schema.Text("Since when it is deprecated (RFC 9745)."),
        ["Sunset"] = Schema.Text("When it goes away (RFC 8594)."),
    };

    public static JsonObject Of(IEnumerable<string> names)
    {
        var headers = new JsonObject();
        foreach (string name in names) headers[name] = new JsonObject { ["$ref"] = $"#/components/headers/{name}" };
        return headers;
    }

    public static IEnumerable<(string Name, JsonObject Header)> All => Schemas.Select(header =>
    {
        var schema = (JsonObject)header.Value.DeepClone();
        string meaning = schema["description"]!.GetValue<string>();
        schema.Remove("description");
        return (header.Key, new JsonObject { ["description"] = meaning, ["schema"] = schema });
    });
}

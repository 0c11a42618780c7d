using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Transport;

/// <summary>Reads requests from JSON (GraphQL over HTTP, section 5.1). Keys that are there twice and numbers beyond a double are refused, as they are in REST.</summary>
internal static class RequestJson
{
    private const int MostDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    /// <returns>The requests, and whether they came as an array.</returns>
    /// <exception cref="ProblemException">Not JSON, or no request.</exception>
    public static (IReadOnlyList<GraphRequest> Requests, bool Batch) ReadBody(ReadOnlyMemory<byte> body, int most)
    {
        using JsonDocument json = Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Array) return ([Read(json.RootElement)], false);
        int count = json.RootElement.GetArrayLength();
        if (count == 0) throw Malformed("The array holds no request.");
        if (count > most) throw new ProblemException(Problem.OverLimit(most == 1 ? "Requests in an array are turned off here." : $"The array holds {count} requests, and {most} is the limit."));
        return ([.. json.RootElement.EnumerateArray().Select(Read)], true);
    }

    /// <summary>An object of JSON as text, such as the <c>variables</c> of a GET.</summary>
    public static IReadOnlyDictionary<string, object?>? ReadObject(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        using JsonDocument json = Parse(System.Text.Encoding.UTF8.GetBytes(text));
        return Object(name, json.RootElement);
    }

    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException e)
        {
            throw Malformed($"The request is not valid JSON, is nested deeper than {MostDepth} levels, or has a key twice, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    public static GraphRequest Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Malformed("A request must be a JSON object, with the document as its query.");
        return new GraphRequest(Text(json, "query"), Text(json, "operationName"), Field(json, "variables"), Field(json, "extensions"), Text(json, "documentId"));
    }

    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Malformed($"{name} must be a string.");
        }
        catch (InvalidOperationException)
        {
            throw Malformed($"{name} holds half of a surrogate pair.");
        }
    }

    private static Dictionary<string, object?>? Field(JsonElement json, string name) =>
        !json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null : Object(name, value);

    private static Dictionary<string, object?> Object(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? (Dictionary<string, object?>)Value(value)! : throw Malformed($"{name} must be a JSON object.");

    private static object? Value(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (JsonProperty field in json.EnumerateObject()) fields[Name(field)] = Value(field.Value);
                return fields;
            case JsonValueKind.Array:
                var items = new List<object?>(json.GetArrayLength());
                foreach (JsonElement item in json.EnumerateArray()) items.Add(Value(item));
                return items;
            case JsonValueKind.Number:
                return JsonNumbers.Of(json.GetRawText()) ?? throw Malformed("A number is beyond the range of a double.");
            case JsonValueKind.String:
                return Checked(json);
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }

    private static string Checked(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A text holds half of a surrogate pair.");
        }
    }

    private static string Name(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A key holds half of a surrogate pair.");
        }
    }

    private static ProblemException Malformed(string detail) => new(Problem.Malformed(detail));
}

using System.Text;
using System.Text.Json;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Recordings;

/// <summary>Reads exchanges from an HTTP Archive 1.2: our own, or one that a browser's tools saved.</summary>
public static class HarReader
{
    /// <exception cref="RatchetException">A key that a replay needs is missing or of the wrong type; says which, and of which entry.</exception>
    public static IReadOnlyList<RecordedExchange> Read(JsonElement har)
    {
        if (Get(har, "log", JsonValueKind.Object) is not { } log || Get(log, "entries", JsonValueKind.Array) is not { } entries)
        {
            throw new RatchetException("The recording's http.har is no HTTP Archive: it has no log.entries.");
        }

        return [.. entries.EnumerateArray().Select(Entry)];
    }

    private static RecordedExchange Entry(JsonElement entry, int index)
    {
        JsonElement request = Need(entry, "request", JsonValueKind.Object, index);
        JsonElement response = Need(entry, "response", JsonValueKind.Object, index);
        string url = Need(request, "url", JsonValueKind.String, index).GetString()!;
        string method = Need(request, "method", JsonValueKind.String, index).GetString()!;
        ReadOnlyMemory<byte>? body = null;
        if (Get(request, "postData", JsonValueKind.Object) is { } post) body = Content(post, HarWriter.EncodingKey, index);
        FetchRequest asked = new(url, method.ToUpperInvariant(), Headers(request), body);
        DateTimeOffset started = default;
        if (Get(entry, "startedDateTime", JsonValueKind.String) is { } text) text.TryGetDateTimeOffset(out started);
        RecordedExchange exchange = new(asked, started)
        {
            Duration = TimeSpan.FromMilliseconds(Math.Clamp(Get(entry, "time", JsonValueKind.Number)?.GetDouble() ?? 0, 0, int.MaxValue)),
        };
        return Get(entry, HarWriter.ErrorKey, JsonValueKind.Object) is { } error
            ? exchange with { Error = Error(error, index) }
            : exchange with { Response = Response(response, url, index) };
    }

    private static FetchException Error(JsonElement error, int index) =>
        new(Need(error, "name", JsonValueKind.String, index).GetString()!, Need(error, "message", JsonValueKind.String, index).GetString()!);

    private static FetchResponse Response(JsonElement response, string url, int index)
    {
        int status = Need(response, "status", JsonValueKind.Number, index).TryGetInt32(out int number) ? number : 0;
        string reason = Get(response, "statusText", JsonValueKind.String)?.GetString() ?? "";
        byte[] body = Get(response, "content", JsonValueKind.Object) is { } content ? Content(content, "encoding", index) : [];
        return new FetchResponse(status, reason, Headers(response), body) { Url = Get(response, "_url", JsonValueKind.String)?.GetString() ?? url };
    }

    private static List<KeyValuePair<string, string>> Headers(JsonElement message)
    {
        if (Get(message, "headers", JsonValueKind.Array) is not { } headers) return [];
        List<KeyValuePair<string, string>> read = [];
        foreach (JsonElement header in headers.EnumerateArray())
        {
            if (Get(header, "name", JsonValueKind.String) is { } name && Get(header, "value", JsonValueKind.String) is { } value)
            {
                read.Add(KeyValuePair.Create(name.GetString()!, value.GetString()!));
            }
        }

        return read;
    }

    private static byte[] Content(JsonElement content, string encodingKey, int index)
    {
        string text = Get(content, "text", JsonValueKind.String)?.GetString() ?? "";
        if (Get(content, encodingKey, JsonValueKind.String)?.GetString() != "base64") return Encoding.UTF8.GetBytes(text);
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new RatchetException($"Entry {index + 1} of the recording's http.har has a body that is not base64, although it says so.");
        }
    }

    private static JsonElement Need(JsonElement parent, string key, JsonValueKind kind, int index) => Get(parent, key, kind)
        ?? throw new RatchetException($"Entry {index + 1} of the recording's http.har has no `{key}`.");

    private static JsonElement? Get(JsonElement parent, string key, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out JsonElement found) && found.ValueKind == kind ? found : null;
}

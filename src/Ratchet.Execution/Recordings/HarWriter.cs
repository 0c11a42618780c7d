using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Recordings;

/// <summary>
/// Writes exchanges as HTTP Archive 1.2 (the W3C Web Performance group's draft), which browsers' tools open. What the format has no place for is in keys
/// with a leading underscore, as it allows. Secrets in headers are redacted here, on the way to the disk.
/// </summary>
public static class HarWriter
{
    internal const string ErrorKey = "_error";
    internal const string EncodingKey = "_encoding";
    private const string HttpVersion = "HTTP/1.1";

    public static void Write(Utf8JsonWriter json, IReadOnlyList<RecordedExchange> exchanges)
    {
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteString("version", "1.2");
        json.WriteStartObject("creator");
        json.WriteString("name", "ratchet");
        json.WriteString("version", typeof(HarWriter).Assembly.GetName().Version?.ToString(3) ?? "0");
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (RecordedExchange exchange in exchanges) Entry(json, exchange);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Entry(Utf8JsonWriter json, RecordedExchange exchange)
    {
        json.WriteStartObject();
        json.WriteString("startedDateTime", exchange.StartedAt.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("time", exchange.Duration.TotalMilliseconds);
        Request(json, exchange.Request);
        Response(json, exchange.Response);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        json.WriteStartObject("timings");
        json.WriteNumber("send", 0);
        json.WriteNumber("wait", exchange.Duration.TotalMilliseconds);
        json.WriteNumber("receive", 0);
        json.WriteEndObject();
        if (exchange.Error is { } error)
        {
            json.WriteStartObject(ErrorKey);
            json.WriteString("name", error.ErrorName);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Request(Utf8JsonWriter json, FetchRequest request)
    {
        json.WriteStartObject("request");
        json.WriteString("method", request.Method);
        json.WriteString("url", request.Url);
        json.WriteString("httpVersion", HttpVersion);
        Headers(json, request.Headers);
        Query(json, request.Url);
        if (request.Body is { Length: > 0 } body)
        {
            json.WriteStartObject("postData");
            json.WriteString("mimeType", ContentType(request.Headers));
            Content(json, body, EncodingKey);
            json.WriteEndObject();
        }

        Sizes(json, request.Body?.Length ?? 0);
        json.WriteEndObject();
    }

    /// <summary>Without a response the status is 0, as browsers write it.</summary>
    private static void Response(Utf8JsonWriter json, FetchResponse? response)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status", response?.Status ?? 0);
        json.WriteString("statusText", response?.StatusText ?? "");
        json.WriteString("httpVersion", HttpVersion);
        Headers(json, response?.Headers ?? []);
        json.WriteStartObject("content");
        json.WriteNumber("size", response?.Body.Length ?? 0);
        json.WriteString("mimeType", ContentType(response?.Headers ?? []));
        if (response is not null) Content(json, response.Body, "encoding");
        json.WriteEndObject();
        json.WriteString("redirectURL", "");
        if (response?.Url is { } url) json.WriteString("_url", url);
        Sizes(json, response?.Body.Length ?? 0);
        json.WriteEndObject();
    }

    private static void Headers(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        // Cookies are secrets; they stand redacted among the headers.
        json.WriteStartArray("cookies");
        json.WriteEndArray();
        json.WriteStartArray("headers");
        foreach ((string name, string value) in headers) Pair(json, name, SecretHeaders.Redact(name, value));
        json.WriteEndArray();
    }

    private static void Query(Utf8JsonWriter json, string url)
    {
        json.WriteStartArray("queryString");
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed))
        {
            foreach (string part in parsed.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] pair = part.Split('=', 2);
                Pair(json, Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.Length == 2 ? pair[1] : ""));
            }
        }

        json.WriteEndArray();
    }

    private static void Content(Utf8JsonWriter json, ReadOnlyMemory<byte> body, string encodingKey)
    {
        bool text = Utf8.IsValid(body.Span);
        json.WriteString("text", text ? Encoding.UTF8.GetString(body.Span) : Convert.ToBase64String(body.Span));
        if (!text) json.WriteString(encodingKey, "base64");
    }

    private static void Sizes(Utf8JsonWriter json, int bodySize)
    {
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", bodySize);
    }

    private static void Pair(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static string ContentType(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        headers.FirstOrDefault(h => h.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Value ?? "application/octet-stream";
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ratchet.Tests.Support;

namespace Ratchet.Cluster.Tests.Fuzz;

/// <summary>Makes requests that are nearly what the description says.</summary>
internal sealed class RequestMaker(Random random, Description description)
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Head, HttpMethod.Options, new("TRACE"), new("BREW"), new("PROPFIND")];
    private static readonly string[] Types = ["application/json", "application/merge-patch+json", "text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data", "a/b;c=\"", ";;", "application/json;charset=\"", "*/*"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Idempotency-Key", ["\"", "\"\"", "k", "\"a\\\"b\"", new('k', 300), "\t"]),
        ("If-Match", ["*", "\"1\"", "W/\"1\"", "x", "\"1\", ", ",,,", "\""]),
        ("Prefer", ["wait=1", "wait=-1", "wait=x", "wait=99999999999999999999", "respond-async, wait", ";;==,", "wait=\"1\""]),
        ("Accept", ["*/*", "text/event-stream", "application/xml", ";q=", "a/b;q=2"]),
        ("Accept-Encoding", ["br", "gzip", "zstd, br;q=0", "*;q=0", "br;q=x", ";"]),
        ("Content-Encoding", ["gzip", "br", "identity", "x"]),
        ("Last-Event-ID", ["", "x", "0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a/-1", "0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a/99999999999", "/"]),
        ("X-Request-Id", ["a", "<script>", new('r', 500), "\u00ff"]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-x", new('0', 200)]),
        ("X-Forwarded-For", ["1.2.3.4", "x", "::", "1.2.3.4:99999, y"]),
        ("Expect", ["100-continue", "x"]),
        ("Cookie", ["a=b", "=;=;"]),
        ("Range", ["bytes=0-1", "bytes=x"]),
        ("Host", ["x", "127.0.0.1:1", ""]),
        ("Origin", ["null", "https://evil.example"]),
    ];

    private readonly JsonMaker json = new(random, description.Document);
    private readonly (string Path, string Method, JsonObject Operation)[] operations = [.. description.Operations.Where(o => o.Path.StartsWith("/api/", StringComparison.Ordinal))];

    /// <param name="job">Id of a job that is there.</param>
    public HttpRequestMessage Next(Uri server, string job)
    {
        (string path, string method, JsonObject operation) = operations[random.Next(operations.Length)];
        HttpMethod verb = random.Next(12) == 0 ? Methods[random.Next(Methods.Length)] : new HttpMethod(method);
        string address = Regex.Replace(path, "\\{[^}]+\\}", _ => Segment(job)) + Query(operation);
        // The address as it is: what a client's own parser would mend is what the server has to stand.
        var request = new HttpRequestMessage(verb, new Uri(server, "/").AbsoluteUri.TrimEnd('/') + address);
        JsonNode? content = operation["requestBody"]?["content"];
        if (verb != HttpMethod.Get && verb != HttpMethod.Head && verb.Method != "TRACE" && (content is not null || random.Next(3) == 0))
        {
            (string type, JsonNode? schema) = content is JsonObject known ? known.Select(c => (c.Key, c.Value!["schema"])).ElementAt(random.Next(known.Count)) : ("application/json", null);
            request.Content = new ByteArrayContent(json.Broken(schema));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(10) == 0 ? Types[random.Next(Types.Length)] : type);
        }

        for (int headers = random.Next(3); headers > 0; headers--) AddHeader(request);
        // Some request before has paused the queue, or drained the worker: nobody waits a minute for that.
        if (path.EndsWith("/execute", StringComparison.Ordinal)) request.Headers.TryAddWithoutValidation("Prefer", "wait=1");
        return request;
    }

    private void AddHeader(HttpRequestMessage request)
    {
        (string name, string[] values) = Headers[random.Next(Headers.Length)];
        string value = values[random.Next(values.Length)];
        if (name.StartsWith("Content-", StringComparison.Ordinal)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        else if (name != "Expect" || request.Content is not null) request.Headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>What the parameter may be; a list is written with commas.</summary>
    private string Value(JsonNode? schema)
    {
        JsonNode? value = json.Valid(schema);
        return Uri.EscapeDataString(value is JsonArray items ? string.Join(',', items) : value?.ToString() ?? "");
    }

    private string Segment(string job) => random.Next(10) switch
    {
        0 => "%00",
        1 => "%ff%fe",
        2 => Uri.EscapeDataString(json.Text()) is { Length: > 0 } text ? text : "_",
        3 => new string('a', 300),
        4 => "..%2F..%2F",
        5 => "addition",
        6 => "default",
        7 => "key",
        _ => job,
    };

    private string Query(JsonObject operation)
    {
        JsonNode[] known = [.. (operation["parameters"] as JsonArray ?? []).Where(p => p!["in"]!.GetValue<string>() == "query").Select(p => p!)];
        var parts = new List<string>();
        for (int count = random.Next(4); count > 0; count--)
        {
            JsonNode? parameter = known.Length > 0 && random.Next(4) > 0 ? known[random.Next(known.Length)] : null;
            string value = random.Next(8) switch { 0 => json.Number(), 1 => Uri.EscapeDataString(json.Text()), 2 => "1", 3 => "%", _ => Value(parameter?["schema"]) };
            parts.Add($"{parameter?["name"]!.GetValue<string>() ?? Uri.EscapeDataString(json.Text())}={value}");
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}

using System.Text;
using System.Text.Json;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>mock.http</c> of a test: one <c>{url, method?, response: {ok?, status?, statusText?, headers?, body?}}</c> or a list of them.</summary>
internal static class MockReader
{
    private const int MaxUrlChars = 8_192;
    private const int Ok = 200;
    private const int NotOk = 500;

    public static IReadOnlyList<MockExchange> Read(JsonText text, JsonSection mock)
    {
        mock.RefuseUnknown("http");
        if (!mock.TryGet("http", out JsonElement http)) return [];
        if (http.ValueKind == JsonValueKind.Object) return [.. One(mock.Section("http")!)];
        if (http.ValueKind != JsonValueKind.Array || http.EnumerateArray().Any(m => m.ValueKind != JsonValueKind.Object))
        {
            mock.Wrong("http", http, "must be an object or a list of objects");
            return [];
        }

        return [.. http.EnumerateArray().SelectMany((m, i) => One(new JsonSection(text, m, ["mock", "http", $"{i}"])))];
    }

    private static IEnumerable<MockExchange> One(JsonSection section)
    {
        section.RefuseUnknown("url", "method", "response");
        string? url = section.RequiredText("url", MaxUrlChars);
        string? method = section.Text("method", Limits.NameChars);
        if (!section.Has("response"))
        {
            section.AddProblem("response", $"{section.Name("response")} is missing.");
            yield break;
        }

        if (section.Section("response") is { } response && url is not null) yield return new MockExchange(url, method?.ToUpperInvariant(), Response(response));
    }

    private static FetchResponse Response(JsonSection section)
    {
        section.RefuseUnknown("ok", "status", "statusText", "headers", "body");
        bool? ok = section.Boolean("ok");
        int status = (int?)section.Integer("status", 100, 599) ?? (ok == false ? NotOk : Ok);
        if (ok is not null && ok != status is >= 200 and <= 299)
        {
            section.AddProblem("ok", $"{section.Name("ok")} says otherwise than the status {status}: a response is ok from 200 to 299.");
        }

        List<KeyValuePair<string, string>> headers = Headers(section);
        byte[] body = Body(section, headers);
        return new FetchResponse(status, StatusText(section), headers, body);
    }

    private static string StatusText(JsonSection section)
    {
        if (!section.TryGet("statusText", out JsonElement found)) return "";
        if (found.ValueKind == JsonValueKind.String) return found.GetString()!;
        section.Wrong("statusText", found, "must be a text");
        return "";
    }

    private static List<KeyValuePair<string, string>> Headers(JsonSection section)
    {
        if (!section.TryGet("headers", out JsonElement found)) return [];
        if (found.ValueKind == JsonValueKind.Object && found.EnumerateObject().All(h => h.Value.ValueKind == JsonValueKind.String))
        {
            return [.. found.EnumerateObject().Select(h => KeyValuePair.Create(h.Name, h.Value.GetString()!))];
        }

        section.Wrong("headers", found, "must be an object of texts");
        return [];
    }

    /// <summary>A text is sent as it is; anything else as JSON, and says so unless the mock's own headers do.</summary>
    private static byte[] Body(JsonSection section, List<KeyValuePair<string, string>> headers)
    {
        if (!section.TryGet("body", out JsonElement body) || body.ValueKind == JsonValueKind.Null) return [];
        bool json = body.ValueKind != JsonValueKind.String;
        if (!headers.Exists(h => h.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(KeyValuePair.Create("content-type", json ? "application/json" : "text/plain; charset=utf-8"));
        }

        return Encoding.UTF8.GetBytes(json ? body.GetRawText() : body.GetString()!);
    }
}

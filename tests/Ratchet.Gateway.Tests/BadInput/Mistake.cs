using System.Text;

namespace Ratchet.Gateway.Tests.BadInput;

/// <summary>A mistake that can be made with many operations.</summary>
/// <param name="What">As the guide tells it.</param>
/// <param name="Where">The operations that it can be made with.</param>
/// <param name="Request">The request that makes it.</param>
/// <param name="Pointer">What the problem's one error points at; null: it has none.</param>
internal sealed record Mistake(string What, string Of, Func<Target, bool> Where, Func<Target, HttpRequestMessage> Request, int Status, string Code, string? Pointer = null)
{
    public static readonly Mistake[] All =
    [
        new("a body that is no JSON", "all that take JSON", t => t.Body is not null, t => Sending(t, "{\"a\":"), 400, "malformed"),
        new("a body that is not UTF-8", "all that take JSON", t => t.Body is not null, t => Sending(t, [(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']), 400, "malformed"),
        new("another JSON value than an object", "all that take an object", t => t.TakesAnObject, t => Sending(t, "[]"), 400, "malformed"),
        new("more behind the object", "all that take an object", t => t.TakesAnObject, t => Sending(t, "{} {}"), 400, "malformed"),
        new("an empty body with a Content-Type", "all that need a body", t => t.TakesAnObject && Needs(t), t => Sending(t, ""), 400, "malformed"),
        new("a field that is not known", "all that take an object", t => t.TakesAnObject, t => Sending(t, """{"nonsense":1}"""), 422, "invalid-field", "/nonsense"),
        new("another media type", "all that take JSON", t => t.Body is not null, t => Sending(t, "a=1", "application/x-www-form-urlencoded"), 415, "media-type"),
        new("no Content-Type", "all that need a body", t => t.Body is not null && Needs(t), t => Sending(t, "{}", null), 415, "media-type"),
        new("another charset than UTF-8", "all that take JSON", t => t.Body is not null, t => Sending(t, "{}", "application/json; charset=utf-16"), 415, "media-type"),
        new("a `Content-Encoding`", "all that take JSON", t => t.Body is not null, t => With(Sending(t, "{}"), content => content.Headers.ContentEncoding.Add("gzip")), 415, "media-type"),
        new("a body above its limit (64 MiB here)", "all that take a body", t => t.Operation["requestBody"] is not null, t => Make(t, t.At, new Vast(t.Body is null ? "application/zip" : "application/json")), 413, "too-large"),
        new("a method that is not there", "all", _ => true, t => new HttpRequestMessage(new HttpMethod("BREW"), t.At), 405, "method"),
        new("an address of more than 8,192 characters", "all", _ => true, t => Make(t, $"{t.At}?a={new string('a', 8_200)}"), 414, "uri-too-long"),
        new("an `If-Match` that is no list of tags", "all with `If-Match`", t => t.HasHeader("If-Match"), t => Header(Valid(t), "If-Match", "7"), 400, "malformed"),
        new("an `Idempotency-Key` of more than 200 characters", "all with `Idempotency-Key`", t => t.HasHeader("Idempotency-Key"), t => Header(Valid(t), "Idempotency-Key", new string('k', 201)), 400, "malformed"),
        new("an empty `Idempotency-Key`", "all with `Idempotency-Key`", t => t.HasHeader("Idempotency-Key"), t => Header(Valid(t), "Idempotency-Key", "\"\""), 400, "malformed"),
        new("an id that no job, execution or bulk operation can have", "all with such an id", t => t.At.Contains(Support.Make.Id, StringComparison.Ordinal) && t.Path.Contains("{id}", StringComparison.Ordinal) && t.At != t.Path && !t.Path.Contains("backfill}", StringComparison.Ordinal), t => Valid(t, t.At.Replace(Support.Make.Id, "7", StringComparison.Ordinal)), 404, "not-found"),
        new("a filter that is not known", "all lists", t => t.HasQuery("_sort"), t => Make(t, t.At + "?nonsense=1"), 422, "invalid-field", "/nonsense"),
        new("a comparison that is not known", "all lists", t => t.HasQuery("_sort"), t => Make(t, t.At + "?id_is=1&name_is=1&execution_is=1"), 422, "invalid-field"),
        new("a `filter` that is no JSON", "all lists", t => t.HasQuery("_sort"), t => Make(t, t.At + "?filter={"), 422, "invalid-field", "/filter"),
        new("a `filter` by a field that is not known", "all lists", t => t.HasQuery("_sort"), t => Make(t, t.At + """?filter={"nonsense":{"eq":1}}"""), 422, "invalid-field", "/filter/nonsense"),
        new("a `_sort` by what is no field", "all lists", t => t.HasQuery("_sort"), t => Make(t, t.At + "?_sort=nonsense"), 422, "invalid-field", "/_sort"),
        new("an `_order` that is none", "all lists", t => t.HasQuery("_order"), t => Make(t, t.At + "?_order=up"), 422, "invalid-field", "/_order"),
        new("a cursor that is none", "all with `after`", t => t.HasQuery("after"), t => Make(t, t.At + "?after=%25"), 422, "invalid-field", "/after"),
        new("a `limit` of 0", "all with `limit`", t => t.HasQuery("limit"), t => Make(t, t.At + "?limit=0"), 422, "invalid-field", "/limit"),
        new("a `limit` that is no number", "all with `limit`", t => t.HasQuery("limit"), t => Make(t, t.At + "?limit=ten"), 422, "invalid-field", "/limit"),
        new("`fields` that are not there", "all lists", t => t.HasQuery("fields"), t => Make(t, t.At + "?fields=nonsense"), 422, "invalid-field", "/fields"),
        new("a `_start` beyond 100,000", "all lists", t => t.HasQuery("_start"), t => Make(t, t.At + "?_start=100001"), 422, "invalid-field", "/_start"),
    ];

    public static HttpRequestMessage Make(Target target, string at, HttpContent? content = null) => new(new HttpMethod(target.Method), at) { Content = content };

    public static HttpRequestMessage Sending(Target target, string body, string? type = "application/json") => Sending(target, Encoding.UTF8.GetBytes(body), type);

    private static HttpRequestMessage Sending(Target target, byte[] body, string? type = "application/json")
    {
        var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return Make(target, target.At, content);
    }

    /// <summary>As the description's own example has it.</summary>
    private static HttpRequestMessage Valid(Target target, string? at = null)
    {
        HttpRequestMessage request = Sending(target, target.Body?["example"]?.ToJsonString() ?? "{}");
        if (target.Body is null) request.Content = null;
        request.RequestUri = new Uri(at ?? target.At, UriKind.Relative);
        return request;
    }

    private static HttpRequestMessage Header(HttpRequestMessage request, string name, string value)
    {
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static HttpRequestMessage With(HttpRequestMessage request, Action<HttpContent> change)
    {
        change(request.Content!);
        return request;
    }

    private static bool Needs(Target target) => target.Operation["requestBody"]?["required"]?.GetValue<bool>() == true && !target.Path.Contains("/limits/", StringComparison.Ordinal);

    /// <summary>A body that says how long it is and is never sent: it is refused by that.</summary>
    private sealed class Vast : HttpContent
    {
        public Vast(string type) => Headers.TryAddWithoutValidation("Content-Type", type);

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new InvalidOperationException("The server asked for the body.");

        protected override bool TryComputeLength(out long length)
        {
            length = 64 << 20;
            return true;
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>
/// <c>{{secret:NAME}}</c> in a request: in a header's value, in a body that is text, and in the path and query of its URL. Resolved on the way out, for the host
/// that the request goes to, and taken out again of what comes back; so neither a script nor a recording has ever seen it.
/// </summary>
internal sealed partial class SecretReferences(ISecretSource source)
{
    private const string Mark = "{{secret:";

    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>The names that a request refers to; none for most.</summary>
    /// <exception cref="FetchException">A reference stands where it cannot be sent.</exception>
    public static IReadOnlyList<string> In(FetchRequest request)
    {
        if (AuthorityHas(request.Url)) throw new FetchException(FetchException.Configuration, "A secret can stand in the path and the query of a URL, not in its host.");
        List<string>? names = null;
        Add(ref names, request.Url);
        foreach ((string name, string value) in request.Headers)
        {
            if (name.Contains(Mark, StringComparison.Ordinal)) throw new FetchException(FetchException.Configuration, "A secret can stand in a header's value, not in its name.");
            Add(ref names, value);
        }

        if (request.Body is { } body && body.Span.IndexOf("{{secret:"u8) >= 0) Add(ref names, Encoding.UTF8.GetString(body.Span));
        return names ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The secrets of these names.</summary>
    /// <exception cref="FetchException">There is none of a name, or not for this task.</exception>
    public IReadOnlyDictionary<string, Secret> Find(IReadOnlyList<string> names, string task)
    {
        var found = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            // Whether one of that name exists is not told to those who may not have it.
            found[name] = source.Find(name) is { } secret && secret.IsFor(task)
                ? secret
                : throw new FetchException(FetchException.Configuration, $"There is no secret '{name}' for task '{task}'.");
        }

        return found;
    }

    /// <param name="host">Where the text is sent to.</param>
    /// <param name="encode">How a value stands there.</param>
    /// <exception cref="FetchException">A secret may not be sent to the host.</exception>
    public static string Resolve(string text, IReadOnlyDictionary<string, Secret> secrets, string host, Func<string, string>? encode = null) => secrets.Count == 0
        ? text
        : Reference().Replace(text, match =>
        {
            string name = match.Groups[1].Value;
            if (!secrets.TryGetValue(name, out Secret? secret)) return match.Value;
            if (!secret.MayGoTo(host)) throw new FetchException(FetchException.Configuration, $"Secret '{name}' may not be sent to {host}.");
            return encode is null ? secret.Value : encode(secret.Value);
        });

    /// <summary>A body as its type has it: within JSON's strings and a form's values secrets are escaped.</summary>
    public static ReadOnlyMemory<byte>? Resolve(ReadOnlyMemory<byte>? body, string? type, IReadOnlyDictionary<string, Secret> secrets, string host)
    {
        if (secrets.Count == 0 || body is not { } bytes || bytes.Span.IndexOf("{{secret:"u8) < 0) return body;
        Func<string, string>? encode = type switch
        {
            not null when type.Contains("json", StringComparison.OrdinalIgnoreCase) => value => JsonEncodedText.Encode(value).Value,
            not null when type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) => Uri.EscapeDataString,
            _ => null,
        };
        return Encoding.UTF8.GetBytes(Resolve(Encoding.UTF8.GetString(bytes.Span), secrets, host, encode));
    }

    /// <summary>The reference to a secret.</summary>
    public static string To(string name) => $"{Mark}{name}}}}}";

    /// <summary>The text with secrets' values replaced by their references.</summary>
    public static string Hide(string text, IReadOnlyDictionary<string, Secret> secrets)
    {
        if (secrets.Count == 0) return text;
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text), hidden = SecretHider.Hide(bytes, secrets);
        return hidden.Equals(bytes) ? text : Encoding.UTF8.GetString(hidden.Span);
    }

    public static ReadOnlyMemory<byte> Hide(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, Secret> secrets) => SecretHider.Hide(body, secrets);

    private static bool AuthorityHas(string url)
    {
        int start = url.IndexOf("//", StringComparison.Ordinal);
        if (start < 0) return url.Contains(Mark, StringComparison.Ordinal);
        int end = url.AsSpan(start + 2).IndexOfAny('/', '?', '#');
        return url.AsSpan(0, end < 0 ? url.Length : start + 2 + end).Contains(Mark, StringComparison.Ordinal) || url.AsSpan().Contains("\\", StringComparison.Ordinal) && url.Contains(Mark, StringComparison.Ordinal);
    }

    private static void Add(ref List<string>? names, string text)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal)) return;
        foreach (Match match in Reference().Matches(text))
        {
            string name = match.Groups[1].Value;
            if (names?.Contains(name) != true) (names ??= []).Add(name);
        }
    }

    [GeneratedRegex(@"\{\{secret:([A-Za-z0-9_.-]{1,100})\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,100}\z")]
    private static partial Regex Name();
}

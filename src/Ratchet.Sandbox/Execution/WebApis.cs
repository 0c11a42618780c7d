using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// The Web APIs that are bundled libraries. A context gets those that its main.js mentions: a task that mentions none pays nothing for them, and one that does
/// pays for what it names.
/// </summary>
internal static partial class WebApis
{
    private static readonly Lazy<string> Source = new(Read);
    private static byte[]? codeCache;

    /// <summary>The names that a task's file mentions, with commas between; empty for none. A mention in a comment counts: it costs some time and changes nothing.</summary>
    public static string MentionedIn(string mainJs) => string.Join(',', Name().Matches(mainJs).Select(match => match.Value).Distinct());

    /// <summary>Compiled for one isolate. V8's code cache makes all but a process's first compilation cheap.</summary>
    public static V8Script Compile(V8Runtime runtime)
    {
        byte[] cache = codeCache ?? [];
        V8Script script = runtime.Compile(new DocumentInfo("ratchet:web"), Source.Value, V8CacheKind.Code, ref cache, out _);
        codeCache = cache;
        return script;
    }

    private static string Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("web.bundle.js")!;
        using var reader = new StreamReader(stream);
        return $"{reader.ReadToEnd()}\n//# sourceURL=ratchet:web";
    }

    [GeneratedRegex(@"\b(?:URL|URLSearchParams|TextEncoder|TextDecoder|Headers|Event|EventTarget|AbortController|AbortSignal|Blob|File|FormData|atob|btoa)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

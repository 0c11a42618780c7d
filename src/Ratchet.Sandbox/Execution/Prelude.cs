using System.Reflection;
using System.Text;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Execution;

/// <summary>The script that gives every context its globals: the files of the folder Prelude as one strict function over the host's functions.</summary>
internal static class Prelude
{
    // Order matters: each uses what stands before it.
    private static readonly string[] Files =
    [
        "intrinsics", "identity", "clock", "random", "errors", "inspect", "exception", "console", "timers", "intervals", "clone", "bytes", "crypto",
        "request", "response", "fetch", "web", "codegen", "rejections", "run", "harden", "api",
    ];

    private static readonly string Source = Join();
    private static byte[]? codeCache;

    /// <summary>Compiled for one isolate. V8's code cache makes all but a process's first compilation cheap.</summary>
    public static V8Script Compile(V8Runtime runtime)
    {
        byte[] cache = codeCache ?? [];
        V8Script script = runtime.Compile(new DocumentInfo("ratchet:prelude"), Source, V8CacheKind.Code, ref cache, out _);
        codeCache = cache;
        return script;
    }

    private static string Join()
    {
        var text = new StringBuilder(
            "(function(log,timer,clear,fetchNow,fetch,abort,done,fail,random,digest,encode,decode,time,clock,seed,extras,enter,rejected,handled){'use strict';const host={log,timer,clear,fetchNow,fetch,abort,done,fail,random,digest,encode,decode,time,clock,seed,extras,enter,rejected,handled};return(function(){\n");
        foreach (string file in Files)
        {
            using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Prelude.{file}.js")!;
            using var reader = new StreamReader(stream);
            text.Append(reader.ReadToEnd());
        }
        return text.Append("\n})()})\n//# sourceURL=ratchet:prelude").ToString();
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace Ratchet.Bench.Sandbox;

/// <summary>V8 by itself, in this process: what an isolate, a context and a call cost.</summary>
internal static class EngineFigures
{
    private const int Rounds = 20;
    private const V8ScriptEngineFlags Flags = V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions;

    public static void Print()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(V8ScriptEngine).Assembly, (name, _, _) => name.StartsWith("ClearScriptV8", StringComparison.Ordinal) ? NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "sandbox", name)) : IntPtr.Zero);
        using var runtime = new V8Runtime();
        Console.WriteLine($"new isolate                      {Median(() => new V8Runtime().Dispose()),8:0.00} ms");
        Console.WriteLine($"new context, bare                {Median(() => runtime.CreateScriptEngine(Flags).Dispose()),8:0.00} ms");
        using V8ScriptEngine engine = runtime.CreateScriptEngine(Flags);
        var call = (ScriptObject)engine.Evaluate("(() => { const main = input => ({ sum: input.a + input.b }); return text => JSON.stringify(main(JSON.parse(text))); })()");
        for (int i = 0; i < 100_000; i++) call.InvokeAsFunction("""{"a":1,"b":2}""");
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 100_000; i++) call.InvokeAsFunction("""{"a":1,"b":2}""");
        Console.WriteLine($"warm call, JSON text in and out  {Stopwatch.GetElapsedTime(started).TotalMicroseconds / 100_000,8:0.00} us");
    }

    private static double Median(Action action)
    {
        action();
        double[] times = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            long started = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[Rounds / 2];
    }
}

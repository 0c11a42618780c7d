using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>One V8 context with the prelude and the task's code in it.</summary>
internal sealed class TaskContext : IDisposable
{
    private const V8ScriptEngineFlags Flags = V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions;

    private readonly ScriptObject api;
    private bool disposed;

    public TaskContext(V8Runtime runtime, V8Script prelude, IHostCalls host, Trace loading, bool inspected)
    {
        Loading = loading;
        Engine = runtime.CreateScriptEngine(inspected ? Flags | V8ScriptEngineFlags.EnableDebugging : Flags);
        var factory = (ScriptObject)Engine.Evaluate(prelude);
        api = (ScriptObject)factory.InvokeAsFunction(HostFunctions.For(host));
    }

    public V8ScriptEngine Engine { get; }

    /// <summary>Where the task's code had time and chance from while it was loaded.</summary>
    public Trace Loading { get; }

    /// <summary>Runs that were begun in it.</summary>
    public int Begun { get; private set; }

    /// <summary>Runs that wait in it at an await.</summary>
    public int Waiting { get; set; }

    /// <summary>Fetch calls of its runs that somebody may wait for, those of runs that have ended included.</summary>
    public int OpenCalls { get; set; }

    /// <summary>No further run begins in it; it is disposed of with the last that waits.</summary>
    public bool Retired { get; set; }

    /// <summary>Characters before the author's first on line 1.</summary>
    public int Head { get; private set; }

    private bool WantsContext { get; set; }

    /// <summary>Adds the Web APIs with these names.</summary>
    public void AddWeb(V8Script bundle, string names) => api.InvokeMethod("useWeb", Engine.Evaluate(bundle), names);

    /// <summary>Runs the task's file.</summary>
    /// <param name="task">What it is called, and what it may.</param>
    /// <returns>False when it yields no function; what it threw, if anything, went to <see cref="IHostCalls.Fail"/>.</returns>
    public bool Load(MainScript main, LoadFrame task)
    {
        Head = main.Head;
        api.InvokeMethod("task", task.TaskName, task.TaskVersion);
        if (!task.CodeGeneration) api.InvokeMethod("forbidCodeGeneration");
        object? body = main.Evaluate(Engine);
        object? loaded = main.Form == MainForm.Module ? api.InvokeMethod("loadModule", body) : api.InvokeMethod("load", body, main.Form == MainForm.LastValue);
        if (loaded is not true) return false;
        WantsContext = api.InvokeMethod("wantsContext") is true;
        if (!task.Fresh) api.InvokeMethod("harden");
        return true;
    }

    /// <summary>The output as JSON; null when the run waits or has reported its end.</summary>
    public string? Run(long sequence, string input, string ids)
    {
        Begun++;
        // By name: InvokeAsFunction passes its arguments as one host array that the engine's own script then copies, 600 us a call as measured here; this takes 5.
        return (WantsContext ? api.InvokeMethod("run", (double)sequence, input, ids) : api.InvokeMethod("run", (double)sequence, input)) as string;
    }

    public void Fire(long sequence, int timer) => api.InvokeMethod("fire", (double)sequence, timer);

    public void Reply(long sequence, int call, string text) => api.InvokeMethod("reply", (double)sequence, call, text);

    /// <summary>Looks at the promises of a run that has ended that were rejected and have no handler.</summary>
    public void Judge(long sequence) => api.InvokeMethod("judge", (double)sequence);

    public void Drop(long sequence) => api.InvokeMethod("drop", (double)sequence);

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        Engine.Dispose();
    }
}

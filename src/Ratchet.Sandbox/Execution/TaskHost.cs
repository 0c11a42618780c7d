using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Protocol;
using Ratchet.Sandbox.Schemas;

namespace Ratchet.Sandbox.Execution;

/// <summary>The loaded task: its isolate, its compiled script, its schemas and the context that the next run begins in.</summary>
internal sealed class TaskHost : IDisposable
{
    // A full collection decides whether a heap has really grown; asked for at most once in this many runs.
    private const int RunsBetweenHeapChecks = 256;

    /// <summary>From here on a heap counts as full.</summary>
    private const ulong FullPercent = 90;

    private readonly LoadFrame task;
    private readonly HostCalls host;
    private readonly SchemaEngine schemas;
    private readonly V8Runtime runtime;
    private readonly bool inspected;
    private readonly V8Script prelude;
    private readonly string webNames;
    private readonly V8Script? web;
    private readonly MainScript main;
    private int outputSchema = -1;
    private int inputSchema = -1;
    private TaskContext? warm;
    private int sinceHeapCheck;

    /// <param name="inspectPort">A port of the loopback on which a debugger is waited for when main.js begins; null for none.</param>
    /// <exception cref="LoadException">The task's script cannot run.</exception>
    /// <exception cref="SchemaException">A schema cannot be used; says which file.</exception>
    public TaskHost(LoadFrame task, HostCalls host, LoadErrors errors, SchemaEngine schemas, int? inspectPort = null)
    {
        this.task = task;
        this.host = host;
        this.schemas = schemas;
        inspected = inspectPort is not null;
        runtime = new V8Runtime(task.TaskName, IsolateLimits.For(task.HeapMb, task.ArrayBufferMb), inspected ? V8RuntimeFlags.EnableDebugging : V8RuntimeFlags.None, inspectPort ?? 0)
        {
            EnableInterruptPropagation = true,
        };
        try
        {
            prelude = Prelude.Compile(runtime);
            webNames = WebApis.MentionedIn(task.MainJs);
            web = webNames.Length == 0 ? null : WebApis.Compile(runtime);
            (main, warm) = Choose(errors);
            OutputShape = ShapeReader.TryRead(task.OutputSchema);
            // A shape is read from right schemas alone, so that the validator has nothing to say of this one before an output does not match it.
            if (OutputShape is null || task.CheckAll) _ = OutputSchema;
        }
        catch
        {
            runtime.Dispose();
            throw;
        }
    }

    /// <summary>Compiled when a run first asks for it: the server validates inputs elsewhere, at submit.</summary>
    public int InputSchema => inputSchema >= 0 ? inputSchema : inputSchema = schemas.Compile(SchemaFiles.Input, task.InputSchema);

    /// <summary>Compiled at loading, or for a schema with a shape when an output first does not match that.</summary>
    public int OutputSchema => outputSchema >= 0 ? outputSchema : outputSchema = schemas.Compile(SchemaFiles.Output, task.OutputSchema);

    /// <summary>What the output schema says, when that can be seen without the validator.</summary>
    public SchemaShape? OutputShape { get; }

    public V8Runtime Runtime => runtime;

    /// <summary>The context for the next run.</summary>
    /// <exception cref="LoadException">The script, which loaded before, does not load again.</exception>
    public TaskContext Context(LoadErrors errors)
    {
        if (warm is not null && (warm.Retired || warm.Begun >= task.ContextRuns || HasGrown()))
        {
            // The last run that waits in it disposes of it; without one it is done with now.
            warm.Retired = true;
            if (warm.Waiting == 0) warm.Dispose();
            warm = null;
        }
        TaskContext context = warm ?? Open(main, errors, new LiveTrace(keep: true)) ?? throw errors.NoFunction();
        warm = task.Fresh ? null : context;
        if (task.Fresh) context.Retired = true;
        return context;
    }

    /// <summary>A context for one replay, loaded with what the recorded one was given.</summary>
    /// <exception cref="LoadException">The script, which loaded before, does not load again.</exception>
    public TaskContext ContextFor(ReplayTrace loading, LoadErrors errors)
    {
        TaskContext context = Open(main, errors, loading) ?? throw errors.NoFunction();
        context.Retired = true;
        return context;
    }

    public void Dispose()
    {
        if (outputSchema >= 0) schemas.Release(outputSchema);
        if (inputSchema >= 0) schemas.Release(inputSchema);
        warm?.Dispose();
        runtime.Dispose();
    }

    private (MainScript, TaskContext) Choose(LoadErrors errors)
    {
        foreach (MainScript candidate in MainScript.Candidates(runtime, task.MainJs))
        {
            TaskContext? context = Open(candidate, errors, new LiveTrace(keep: true));
            if (context is not null) return (candidate, context);
        }
        throw errors.NoFunction();
    }

    private TaskContext? Open(MainScript script, LoadErrors errors, Trace loading)
    {
        var context = new TaskContext(runtime, prelude, host, loading, inspected);
        try
        {
            host.Loading = loading;
            errors.Begin();
            if (web is not null) context.AddWeb(web, webNames);
            if (context.Load(script, task)) return context;
            errors.ThrowIfAny(script.Head);
            context.Dispose();
            return null;
        }
        catch (ScriptEngineException e)
        {
            context.Dispose();
            (int line, int column) = SourcePositions.First(e.ErrorDetails, script.Head);
            throw new LoadException(e.Message, line, column);
        }
    }

    /// <summary>
    /// Whether what is in use, garbage since the last collection included, is near the limit. V8 collects a heap that fills in small steps ever more often, and gives up only when its collections free next to nothing:
    /// on a busy machine a run's time may be over before.
    /// </summary>
    public bool HeapIsFull => runtime.GetHeapInfo().UsedHeapSize >= ((ulong)task.HeapMb << 20) / 100 * FullPercent;

    private bool HasGrown()
    {
        if (++sinceHeapCheck < RunsBetweenHeapChecks) return false;
        sinceHeapCheck = 0;
        ulong half = (ulong)task.HeapMb << 19;
        if (runtime.GetHeapInfo().UsedHeapSize <= half) return false;
        runtime.CollectGarbage(exhaustive: true);
        return runtime.GetHeapInfo().UsedHeapSize > half;
    }
}

using Microsoft.ClearScript;
using Microsoft.ClearScript.JavaScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace Ratchet.Sandbox.Execution;

/// <summary>Evaluates an ES module and hands out its namespace. Nothing else can be imported: the engine has no loader and no files.</summary>
internal static class ModuleLoader
{
    // V8 does not return a module's exports, so a second module passes them to a function of its own import.meta.
    private const string Taker = "import * as task from 'main.js'; import.meta.take(task);";

    /// <exception cref="LoadException">The module waits for something at its top level that does not happen while it is loaded.</exception>
    public static object Namespace(V8ScriptEngine engine, string source)
    {
        ScriptObject? taken = null;
        var take = new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            taken = args.Get<ScriptObject>(0);
            result.SetUndefined();
        });
        engine.DocumentSettings.AddSystemDocument(SourcePositions.File, ModuleCategory.Standard, source);
        engine.Evaluate(new DocumentInfo("ratchet:load") { Flags = DocumentFlags.AwaitDebuggerAndPause, Category = ModuleCategory.Standard, ContextCallback = _ => new Dictionary<string, object> { ["take"] = take } }, Taker);
        return taken ?? throw new LoadException("The module awaits something at its top level that does not settle while it is loaded; await inside its function instead.");
    }
}

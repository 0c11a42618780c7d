using System.Reflection;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Schemas;

/// <summary>
/// The JSON Schema validator: a bundled library in an isolate of its own. Task code cannot reach it, a task that fills its heap does not fill this one,
/// and it stays when the process changes to another task. It is there from the first schema that needs it: many processes never meet one.
/// </summary>
internal sealed class SchemaEngine : IDisposable
{
    private const int HeapMb = 128;

    // Texts cross the boundary, not objects: each property of an object would be a call of its own.
    private const string Glue = """
        (() => {
          'use strict';
          const { compile, validate, release } = ratchetSchema, { parse, stringify } = JSON;
          return {
            compile: text => { try { return compile(text); } catch (error) { return String(error && error.message || error); } },
            validate: (id, text, most) => { const errors = validate(id, parse(text)); return errors === null ? null : stringify(errors.length > most ? errors.slice(0, most) : errors); },
            release,
          };
        })()
        """;

    private V8Runtime? runtime;
    private V8ScriptEngine? engine;
    private ScriptObject? api;

    public V8ScriptEngine Engine => engine ??= Open();

    /// <returns>The compiled schema's number.</returns>
    /// <exception cref="SchemaException">It is not JSON or not a schema of a known draft.</exception>
    public int Compile(string file, string text) => Api.InvokeMethod("compile", text) switch
    {
        int id => id,
        double id => (int)id,
        object problem => throw new SchemaException(file, problem.ToString()!),
        _ => throw new SchemaException(file, "This is not a schema."),
    };

    public void Release(int id) => Api.InvokeMethod("release", id);

    /// <summary>Null when <paramref name="json"/> matches, else a JSON array of <c>{pointer, keyword, message}</c>.</summary>
    /// <exception cref="ScriptInterruptedException">It took too long and was interrupted.</exception>
    /// <exception cref="ScriptEngineException"><paramref name="json"/> is not JSON, or the library failed on it.</exception>
    public string? Validate(int id, string json) => Api.InvokeMethod("validate", id, json, FrameLimits.SchemaErrors) as string;

    public void Dispose()
    {
        engine?.Dispose();
        runtime?.Dispose();
    }

    private ScriptObject Api => api ??= (ScriptObject)Engine.Evaluate(new DocumentInfo("ratchet:schema-glue"), Glue);

    private V8ScriptEngine Open()
    {
        runtime = new V8Runtime("schemas", new V8RuntimeConstraints { MaxOldSpaceSize = HeapMb }) { EnableInterruptPropagation = true };
        V8ScriptEngine opened = runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions);
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("schema.bundle.js")!;
        using var reader = new StreamReader(stream);
        opened.Execute(new DocumentInfo("ratchet:schema"), reader.ReadToEnd());
        return opened;
    }
}

using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.ClearScript;
using Microsoft.ClearScript.JavaScript;
using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Execution;

/// <summary>How a task's file carries its function.</summary>
internal enum MainForm
{
    /// <summary>Statements: <c>function main</c>, <c>module.exports</c>, <c>exports.main</c>.</summary>
    Statements,
    /// <summary>One function expression is the whole file: <c>function (input) {...}</c>, <c>(input => ...)</c>.</summary>
    Expression,
    /// <summary>Statements, and the last one's value is the function.</summary>
    LastValue,
    /// <summary>An ES module.</summary>
    Module,
}

/// <summary>
/// A task's main.js, compiled for one isolate. The forms that tasks are written in cannot be told apart without parsing them, so V8 does it: each form is
/// tried in the order of <see cref="MainForm"/>, and the first that compiles and yields a function is it. All but modules become the body of a function over
/// module and exports, so that a file's variables are its own and survive the freezing of the global object.
/// </summary>
internal sealed partial class MainScript
{
    private const string Statements = "(function(module,exports){";
    private const string Expression = "(function(module,exports){var main=";
    private const string LastValue = "(function(module,exports){return eval(";
    private const string Name = "\n//# sourceURL=main.js";

    private readonly string source;
    private readonly V8Script? script;

    private MainScript(MainForm form, string source, V8Script? script)
    {
        Form = form;
        this.source = source;
        this.script = script;
    }

    public MainForm Form { get; }

    /// <summary>Characters that stand before the file's own on its first line.</summary>
    public int Head => Form switch
    {
        MainForm.Statements => Statements.Length,
        MainForm.Expression => Expression.Length,
        _ => 0,
    };

    /// <summary>The forms in which the file compiles, the likeliest first.</summary>
    /// <exception cref="LoadException">It is not JavaScript in any form: carries the first error's position.</exception>
    public static IEnumerable<MainScript> Candidates(V8Runtime runtime, string source)
    {
        MainScript? statements = Try(runtime, MainForm.Statements, source);
        if (statements is null && IsModule(runtime, source))
        {
            yield return new MainScript(MainForm.Module, source, null);
            yield break;
        }
        if (statements is not null) yield return statements;
        MainScript? expression = Try(runtime, MainForm.Expression, source);
        if (expression is not null) yield return expression;
        if (statements is not null) yield return Try(runtime, MainForm.LastValue, source)!;
        else if (expression is null) throw SyntaxError(runtime, source);
    }

    /// <summary>The function over module and exports; for a module, its namespace object.</summary>
    public object? Evaluate(V8ScriptEngine engine) => Form == MainForm.Module ? ModuleLoader.Namespace(engine, source + Name) : engine.Evaluate(script);

    private static MainScript? Try(V8Runtime runtime, MainForm form, string source)
    {
        string text = form switch
        {
            MainForm.Statements => $"{Statements}{source}\n;return typeof main==='function'?main:undefined}}){Name}",
            MainForm.Expression => $"{Expression}{source}\n;return main}}){Name}",
            _ => $"{LastValue}{Quote(source + Name)})}}){Name}",
        };
        try
        {
            return new MainScript(form, source, runtime.Compile(SourcePositions.Document, text));
        }
        catch (ScriptEngineException)
        {
            return null;
        }
    }

    private static bool IsModule(V8Runtime runtime, string source)
    {
        try
        {
            using V8Script module = runtime.Compile(new DocumentInfo(SourcePositions.File) { Category = ModuleCategory.Standard }, source);
            return true;
        }
        catch (ScriptEngineException)
        {
            return false;
        }
    }

    /// <summary>The error in the form that the author most likely meant, because the others' errors would be about their form.</summary>
    private static LoadException SyntaxError(V8Runtime runtime, string source)
    {
        bool module = ModuleStatement().IsMatch(source);
        bool expression = !module && BareFunction().IsMatch(source);
        try
        {
            var document = new DocumentInfo(SourcePositions.File);
            if (module) document.Category = ModuleCategory.Standard;
            using V8Script _ = runtime.Compile(document, expression ? $"({source}\n)" : source);
        }
        catch (ScriptEngineException e)
        {
            (int line, int column) = SourcePositions.First(e.ErrorDetails, expression ? 1 : 0);
            return new LoadException(e.Message, line, column);
        }
        return new LoadException("SyntaxError: this is not JavaScript that Ratchet can run as a function, a script or a module");
    }

    // A JSON string is a JavaScript string literal since ECMAScript 2019.
    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    [GeneratedRegex(@"^\s*(import|export)\b", RegexOptions.Multiline)]
    private static partial Regex ModuleStatement();

    [GeneratedRegex(@"^\s*(//[^\n]*\n\s*|/\*[\s\S]*?\*/\s*)*(async\s+)?function\s*\*?\s*\(")]
    private static partial Regex BareFunction();
}

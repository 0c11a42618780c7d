using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Ratchet.Sandbox.Schemas;

namespace Ratchet.Execution.Tests.Schemas;

/// <summary>A case of the suite that went otherwise than the suite says.</summary>
internal sealed record SuiteFailure(string Draft, string File, string Setting, string Group, string Test);

/// <summary>Runs one draft's part of the suite in V8, through the validator's bundle with the additions that the suite needs (remote schemas, default draft).</summary>
internal sealed class SuiteRunner : IDisposable
{
    /// <summary>Formats as the suite has them: asserted only where formats are what is tested.</summary>
    public const string SuiteSetting = "suite";
    /// <summary>Formats as Ratchet has them.</summary>
    public const string ProductSetting = "format always asserts (product rule)";

    private readonly V8ScriptEngine engine = NewEngine();
    private readonly ScriptObject api;
    private readonly ScriptObject validate;
    private readonly string root;

    // The native library lies with the sandbox only; a copy for the tests would be 59 MB more.
    static SuiteRunner() => NativeLibrary.SetDllImportResolver(
        typeof(V8ScriptEngine).Assembly, (name, _, _) => name.StartsWith("ClearScriptV8", StringComparison.Ordinal) ? NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "sandbox", name)) : IntPtr.Zero);

    public SuiteRunner(string root)
    {
        this.root = root;
        engine.Execute(new DocumentInfo("schema.test.bundle.js"), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schema.test.bundle.js")));
        api = (ScriptObject)engine.Evaluate("ratchetSchema");
        validate = (ScriptObject)engine.Evaluate("(id, text) => ratchetSchema.validate(id, JSON.parse(text)) === null");
    }

    public static V8ScriptEngine NewEngine() => new(V8ScriptEngineFlags.DisableGlobalMembers);

    public int Cases { get; private set; }

    /// <summary>Cases of schemas that are shapes.</summary>
    public int ShapeCases { get; private set; }

    /// <summary>Cases that a shape accepts and the validator does not.</summary>
    public List<string> WronglyAccepted { get; } = [];

    public List<SuiteFailure> Run(string draft, string dialect, Dictionary<string, string> dialects)
    {
        RegisterRemotes(draft, dialects);
        api.InvokeMethod("setDefaultForTests", dialect);
        List<SuiteFailure> failures = [];
        foreach (string file in JsonFiles(Path.Combine(root, draft)))
        {
            bool formats = file.StartsWith("optional/format/", StringComparison.Ordinal) || file == "optional/format-assertion.json";
            foreach (string setting in new[] { SuiteSetting, ProductSetting })
            {
                // Null is the draft's own rule, which for some is to assert.
                api.InvokeMethod("setFormatForTests", formats || setting == ProductSetting ? true : Undefined.Value);
                RunFile(draft, file, setting, failures);
            }
        }
        return failures;
    }

    public void Dispose() => engine.Dispose();

    private void RunFile(string draft, string file, string setting, List<SuiteFailure> failures)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, draft, file)));
        foreach (JsonElement group in document.RootElement.EnumerateArray())
        {
            object? id = Try(() => api.InvokeMethod("compile", group.GetProperty("schema").GetRawText()));
            // As a schema says which dialect it is in, and the suite's older drafts do not, only those that say it are read as one of the newest.
            SchemaShape? shape = setting == ProductSetting && draft is not ("draft4" or "draft6") ? ShapeReader.TryRead(group.GetProperty("schema").GetRawText()) : null;
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                Cases++;
                object? valid = id is null ? null : Try(() => validate.InvokeAsFunction(id, test.GetProperty("data").GetRawText()));
                if (shape is not null)
                {
                    ShapeCases++;
                    if (shape.Matches(Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText())) && valid is not true) WronglyAccepted.Add($"{file}: {group.GetProperty("description")}: {test.GetProperty("description")}");
                }
                if (valid is bool found && found == test.GetProperty("valid").GetBoolean()) continue;
                failures.Add(new SuiteFailure(draft, file, setting, group.GetProperty("description").GetString()!, test.GetProperty("description").GetString()!));
            }
            if (id is not null) api.InvokeMethod("release", id);
        }
    }

    private void RegisterRemotes(string draft, Dictionary<string, string> dialects)
    {
        string remotes = Path.Combine(root, "remotes");
        foreach (string file in JsonFiles(remotes).OrderByDescending(file => file.Contains("metaschema", StringComparison.Ordinal)))
        {
            string first = file.Split('/')[0];
            if (first is "v1" or "draft3") continue;
            string of = first.StartsWith("draft", StringComparison.Ordinal) && dialects.ContainsKey(first) ? first : draft;
            api.InvokeMethod("registerForTests", $"http://localhost:1234/{file}", File.ReadAllText(Path.Combine(remotes, file)), dialects[of]);
        }
    }

    private static IEnumerable<string> JsonFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    private static object? Try(Func<object> call)
    {
        try
        {
            return call();
        }
        catch (ScriptEngineException)
        {
            return null;
        }
    }
}

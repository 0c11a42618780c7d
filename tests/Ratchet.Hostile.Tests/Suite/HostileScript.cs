using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ratchet.Tasks;

namespace Ratchet.Hostile.Tests.Suite;

/// <summary>
/// A file of tests/hostile. Its first line says what it tries; the comment lines after it are its settings:
/// <c>expect</c> (<see cref="Expectation"/>), <c>says</c> (a part of the failure's message), <c>same</c> (what innocent runs of the same task get when they cannot be innocent),
/// <c>raw</c> (nothing is added to the file), <c>server</c> (it may call the hostile server), <c>input</c>, <c>timeoutMs</c>, <c>cpuTimeMs</c>, <c>heapMb</c>, <c>arrayBufferMb</c>, <c>context</c>,
/// <c>codeGeneration</c>, <c>inputSchema</c>, <c>outputSchema</c>, <c>gone</c> (its context is given up after it: no innocent run may come into it), <c>slow</c> (it takes processor time for seconds: run when the suite is asked for by itself).
/// </summary>
internal sealed class HostileScript
{
    private const string CommentStart = "// ";
    private static readonly HashSet<string> Known =
        ["expect", "says", "same", "raw", "server", "input", "timeoutMs", "cpuTimeMs", "heapMb", "arrayBufferMb", "context", "codeGeneration", "inputSchema", "outputSchema", "gone", "slow"];

    private readonly Dictionary<string, string> settings = [];

    private HostileScript(string category, string name, string source, string innocent)
    {
        (Category, Name) = (category, name);
        string[] head = [.. source.Split('\n').TakeWhile(line => line.StartsWith(CommentStart, StringComparison.Ordinal)).Select(line => line[CommentStart.Length..])];
        Tries = head.Length > 0 ? head[0] : throw new FormatException($"{Id}: its first line does not say what it tries.");
        foreach (string line in head.Skip(1))
        {
            string[] parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || !Known.Contains(parts[0])) throw new FormatException($"{Id}: '{line}' is no setting.");
            settings[parts[0]] = parts[1];
        }
        Expected = new Expectation(settings.TryGetValue("expect", out string? text) ? text : throw new FormatException($"{Id} does not say what it expects."));
        Same = settings.TryGetValue("same", out string? same) ? new Expectation(same) : null;
        Package = Make(Id, settings.ContainsKey("raw") ? source : $"{source}\n{innocent}\n{(source.Contains("async function attack", StringComparison.Ordinal) ? Innocent.AsyncMain : Innocent.Main)}");
    }

    public string Category { get; }
    public string Name { get; }
    public string Id => $"{Category}/{Name}";
    public string Tries { get; }
    public Expectation Expected { get; }

    /// <summary>Part of the failure's message; null when that does not matter.</summary>
    public string? Says => settings.GetValueOrDefault("says");

    /// <summary>How runs of the same task with an innocent input end, when its code outside of the function is what is hostile; null: rightly.</summary>
    public Expectation? Same { get; }
    public bool MayCallServer => settings.ContainsKey("server");
    public bool GivesUpContext => settings.ContainsKey("gone");
    public bool IsSlow => settings.ContainsKey("slow");
    public bool ValidatesInput => settings.ContainsKey("inputSchema");
    public bool IsWarm => !settings.ContainsKey("context");
    public string Input => settings.GetValueOrDefault("input", "{}");

    /// <summary>A heap that is nearly full makes V8 slow before it gives up; the timeout must not come first unless it is what is tested.</summary>
    public TimeSpan Timeout => TimeSpan.FromMilliseconds(Number("timeoutMs") ?? 50_000);
    public TaskPackage Package { get; }

    /// <summary>The scripts below a folder whose category and name begin with <paramref name="only"/>, in the order of their names.</summary>
    public static IReadOnlyList<HostileScript> All(string folder, string only, bool slow)
    {
        string innocent = File.ReadAllText(Path.Combine(folder, "innocent.js"));
        return [.. Directory.EnumerateFiles(folder, "*.js", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file) != folder).Order(StringComparer.Ordinal)
            .Select(file => new HostileScript(Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), innocent))
            .Where(script => script.Id.StartsWith(only, StringComparison.Ordinal) && (slow || !script.IsSlow))];
    }

    private int? Number(string setting) => settings.TryGetValue(setting, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private TaskPackage Make(string name, string mainJs) => new()
    {
        Name = name.Replace('/', '-'),
        Uuid = Guid.Parse("00000000-0000-7000-8000-000000000001"),
        Version = "1.0.0",
        Label = "",
        Description = "",
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{mainJs}"))),
        Metadata = "{}",
        InputSchema = settings.GetValueOrDefault("inputSchema", "true"),
        OutputSchema = settings.GetValueOrDefault("outputSchema", "true"),
        MainJs = mainJs,
        Execution = new TaskExecutionOptions
        {
            HeapMb = Number("heapMb") ?? 64,
            Context = IsWarm ? ContextMode.Warm : ContextMode.Fresh,
            CodeGeneration = settings.GetValueOrDefault("codeGeneration") == "true",
            Limits = new TaskLimits { ArrayBufferMb = Number("arrayBufferMb"), CpuTime = Number("cpuTimeMs") is { } cpu ? TimeSpan.FromMilliseconds(cpu) : null },
        },
        Retry = new RetryPolicy(),
        Source = "the hostile suite",
    };
}

using System.Globalization;
using Ratchet.Hostile.Tests.Suite;

namespace Ratchet.Hostile.Tests;

/// <summary>The suite, run once for all tests; its table is written beside the tests' other results.</summary>
public sealed class SuiteRun : IAsyncLifetime
{
    /// <summary>Where the table goes: this variable's file. Without it there is none, and the slow scripts are left out.</summary>
    private const string TableVariable = "RATCHET_HOSTILE_TABLE";

    /// <summary>The beginning of the category and name of those to run; all when it is not set.</summary>
    private const string OnlyVariable = "RATCHET_HOSTILE_ONLY";
    private const int Megabyte = 1 << 20;

    /// <summary>Pools that run side by side, each with its share of the scripts: within one a script has its process for itself.</summary>
    private const int Pools = 2;

    /// <summary>Beyond what a test program with two brokers takes by itself. Answers of servers are up to 4 MiB each.</summary>
    private const long MostPeakBytes = 600L * Megabyte;
    private const long MostLeftBytes = 64L * Megabyte;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "hostile");

    private static string? TableFile { get; } = Environment.GetEnvironmentVariable(TableVariable) is { Length: > 0 } file ? file : null;

    internal static string Only { get; } = Environment.GetEnvironmentVariable(OnlyVariable) ?? "";

    internal static IReadOnlyList<HostileScript> Scripts { get; } = HostileScript.All(Folder, Only, slow: TableFile is not null);

    internal IReadOnlyList<HostileResult> Results { get; private set; } = [];

    internal Aftermath After { get; private set; } = new([], []);

    public async ValueTask InitializeAsync()
    {
        string temporary = Directory.CreateTempSubdirectory("ratchet-hostile").FullName;
        Environment.SetEnvironmentVariable("TMPDIR", temporary);
        var unobserved = new List<string>();
        TaskScheduler.UnobservedTaskException += (_, e) => unobserved.Add(e.Exception.ToString());
        HashSet<string> before = [.. Directory.EnumerateFileSystemEntries("/tmp")];
        using var watch = new ProcessWatch();
        long began = TimeProvider.System.GetTimestamp();
        HostileSuite[] suites = [.. Enumerable.Range(0, Math.Min(Pools, Scripts.Count)).Select(pool => new HostileSuite([.. Scripts.Where((_, i) => i % Pools == pool)], Folder))];
        try
        {
            Results = [.. (await Task.WhenAll(suites.Select(suite => suite.RunAsync(Report)))).SelectMany(results => results).OrderBy(result => result.Script.Id, StringComparer.Ordinal)];
        }
        finally
        {
            foreach (HostileSuite suite in suites) await suite.DisposeAsync();
        }
        After = Look(watch, temporary, before, unobserved, suites, TimeProvider.System.GetElapsedTime(began));
        Directory.Delete(temporary, recursive: true);
        if (TableFile is { } file) await File.WriteAllTextAsync(file, HostileTable.Of(Results, After));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>For whoever waits: the whole table comes at the end.</summary>
    private static void Report(HostileResult result) => TestContext.Current.SendDiagnosticMessage($"{result.Script.Id}: {result.Got} ({result.Time.TotalSeconds:0.0} s) {string.Join("; ", result.Problems)}");

    private static Aftermath Look(ProcessWatch watch, string temporary, HashSet<string> before, List<string> unobserved, HostileSuite[] suites, TimeSpan time)
    {
        (int most, int caught) = (suites.Max(suite => suite.MostProcesses), suites.Sum(suite => suite.Canary.Connections));
        var problems = new List<string>();
        SpinWait.SpinUntil(() => watch.Alive.Count == 0, Patience);
        foreach (string process in watch.Alive) problems.Add($"process {process} goes on");
        foreach (string left in Directory.EnumerateFileSystemEntries(temporary)) problems.Add($"{left} is left");
        // Debuggers' sockets and the like are named after their process.
        HashSet<string> ids = [.. watch.Ids.Select(id => id.ToString(CultureInfo.InvariantCulture))];
        foreach (string left in Directory.EnumerateFileSystemEntries("/tmp").Where(path => !before.Contains(path) && Path.GetFileName(path).Split('-', '.').Any(ids.Contains))) problems.Add($"{left} is left");
        int allowed = HostileSuite.Options.MaxProcesses + HostileSuite.Options.Spares;
        if (most > allowed) problems.Add($"there were {most} sandboxes at a time, {allowed} are allowed");
        if (caught > 0) problems.Add($"{caught} connections to addresses that no script may call");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long left64 = GC.GetTotalMemory(forceFullCollection: true), peak = ProcessWatch.PeakBytes;
        if (unobserved.Count > 0) problems.Add($"an error that nobody has looked at: {unobserved[0]}");
        if (left64 > MostLeftBytes) problems.Add($"{left64 / Megabyte} MiB of the node's memory are still in use");
        if (peak > MostPeakBytes) problems.Add($"the node took {peak / Megabyte} MiB");
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"walls: {suites[0].Walls}; {time.TotalSeconds:0.0} s; {most} sandboxes of a pool at most at a time, {allowed} are allowed; {watch.Total} processes in all, {watch.Most} at most at a time with those that build walls"),
            string.Create(CultureInfo.InvariantCulture, $"the node: {peak / Megabyte} MiB at most, {left64 / Megabyte} MiB in use afterwards"),
        ];
        return new Aftermath(lines, problems);
    }
}

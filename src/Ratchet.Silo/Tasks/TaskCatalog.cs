using Microsoft.Extensions.Logging;
using Ratchet.Execution.Packages;
using Ratchet.Grains.Health;
using Ratchet.Grains.Tasks;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Silo.Tasks;

/// <summary>
/// What all sources have, brought together. Whatever one of them brings is held against all the others, what is new goes to its task's grain, and what is wrong is told once. One
/// change at a time.
/// </summary>
public sealed class TaskCatalog(TaskStorer storer, SiloReadiness readiness, TaskSources found, TaskSourceMetrics metrics, ILogger<TaskCatalog> logger) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly SortedDictionary<int, IReadOnlyList<TaskReading>> readings = [];
    private readonly Dictionary<int, string> failures = [];
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private IReadOnlyList<string> sources = [];
    private int faulty;
    private bool applied;
    private Dictionary<(string Name, string Version), (string Digest, IReadOnlyList<string> Faults)> done = [];

    /// <summary>The good tasks of the sources as they are now.</summary>
    public IReadOnlyList<TaskPackage> Packages { get; private set; } = [];

    /// <summary>Says which sources there are, before the first of them is looked at.</summary>
    public void Begin(IReadOnlyList<string> names)
    {
        sources = names;
        for (int place = 0; place < names.Count; place++) failures[place] = $"{names[place]} has not answered yet.";
    }

    /// <summary>Sources have other tasks than before: those that <paramref name="changes"/> has, by the source's place in the order.</summary>
    public async Task UpdateAsync(IReadOnlyDictionary<int, IReadOnlyList<TaskReading>> changes, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            foreach ((int source, IReadOnlyList<TaskReading> read) in changes) readings[source] = read;
            await ApplyAsync(cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A source cannot be read, or can be again (null). What it had stays.</summary>
    public async Task FailedAsync(int source, string? reason, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (reason == failures.GetValueOrDefault(source)) return;
            if (reason is null) failures.Remove(source);
            else failures[source] = reason;
            if (reason is not null) TaskSourceLog.Failing(logger, reason);
            // The silo is not ready before its tasks are.
            if (applied) Say();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task ApplyAsync(CancellationToken cancel)
    {
        TaskScan scan = TaskConflicts.Resolve(readings.Values.SelectMany(r => r));
        found.Found(scan.Packages, sources.Where((_, place) => !readings.ContainsKey(place)));
        Packages = scan.Packages;
        // Beforehand: storing waits for the silo to be up.
        string[] faults = [.. scan.Faults.SelectMany(fault => fault.Lines)];
        Tell(faults);
        TaskPackage[] changed = [.. scan.Packages.Where(p => !done.TryGetValue((p.Name, p.Version), out var before) || before.Digest != p.Digest)];
        HashSet<string> highest = [.. scan.Packages.GroupBy(p => p.Name).Select(versions => versions.MaxBy(p => p.Version, SemVer.Order)!.Digest)];
        IReadOnlyList<string>[] outcomes = await Task.WhenAll(changed.Select(package => storer.StoreAsync(package, highest.Contains(package.Digest), cancel)));
        var now = scan.Packages.Where(p => done.ContainsKey((p.Name, p.Version))).ToDictionary(p => (p.Name, p.Version), p => done[(p.Name, p.Version)]);
        for (int i = 0; i < changed.Length; i++) now[(changed[i].Name, changed[i].Version)] = (changed[i].Digest, outcomes[i]);
        done = now;
        string[] all = [.. faults, .. done.Values.SelectMany(d => d.Faults)];
        Tell(all);
        told.IntersectWith(all);
        (faulty, applied) = (scan.Faults.Count, true);
        Say();
    }

    private void Tell(string[] faults)
    {
        foreach (string fault in faults.Where(told.Add)) TaskSourceLog.Fault(logger, fault);
    }

    private void Say()
    {
        int bad = faulty + done.Values.Count(d => d.Faults.Count > 0);
        int good = done.Values.Count(d => d.Faults.Count == 0);
        metrics.State(failures.Count, bad);
        string sources = failures.Count == 0 ? "" : $"; {failures.Count} {(failures.Count == 1 ? "source" : "sources")} cannot be read: {string.Join(" ", failures.Values)}";
        readiness.TasksLoaded((bad == 0 ? $"{good} loaded" : $"{good} loaded, {bad} not: the log says why") + sources);
        TaskSourceLog.Loaded(logger, good, bad);
    }
}

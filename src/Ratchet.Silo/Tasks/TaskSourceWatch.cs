using Microsoft.Extensions.Logging;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Packages.Sources;

namespace Ratchet.Silo.Tasks;

/// <summary>Looks at one source again and again: when a change was told, or from time to time; one that fails less and less often.</summary>
internal sealed class TaskSourceWatch(ITaskSource source, int place, TaskCatalog catalog, TaskSourceMetrics metrics, TaskOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>A source that fails is not left alone for longer.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Changes without a pause are looked at all the same.</summary>
    private const int LongestDebounce = 20;

    private int failed;

    public bool IsFolder => source is FolderTaskSource;

    public string Name => source.Name;

    /// <summary>What the source has; null when it is as before, or cannot be had.</summary>
    public async Task<IReadOnlyList<TaskReading>?> LookAsync(CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<TaskReading>? readings = await source.ReadAsync(cancel);
            failed = 0;
            await catalog.FailedAsync(place, null, cancel);
            metrics.Looked(readings is null ? "UNCHANGED" : "CHANGED");
            return readings;
        }
        catch (TaskSourceException e)
        {
            failed++;
            metrics.Looked("FAILED");
            await catalog.FailedAsync(place, e.Message, cancel);
            return null;
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var changes = new Debounce(time, options.Debounce, options.Debounce * LongestDebounce);
        using FolderWatcher? watcher = IsFolder ? new FolderWatcher(source.Name, changes.Tell, logger) : null;
        // What changed between the first look and now was not told.
        if (IsFolder) changes.Tell();
        while (true)
        {
            await changes.NextAsync(Period(), cancel);
            await FinishAsync(LookAsync(cancel), cancel);
        }
    }

    /// <summary>Waits for a look's end and takes over what it found.</summary>
    public async Task FinishAsync(Task<IReadOnlyList<TaskReading>?> look, CancellationToken cancel)
    {
        try
        {
            if (await look is { } readings) await catalog.UpdateAsync(new Dictionary<int, IReadOnlyList<TaskReading>> { [place] = readings }, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // One look must not end all of those to come.
            failed++;
            TaskSourceLog.Defect(logger, e, source.Name);
        }
    }

    internal TimeSpan Period()
    {
        if (IsFolder) return options.ScanPeriod;
        TimeSpan wait = options.PollPeriod * Math.Pow(2, Math.Min(failed, 16));
        TimeSpan most = options.PollPeriod > LongestWait ? options.PollPeriod : LongestWait;
        return wait < most ? wait : most;
    }
}

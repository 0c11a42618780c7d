using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Packages.Sources;
using Ratchet.Grains.Health;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Silo.Tasks;

/// <summary>Reads the task sources at start, and again while the silo runs. What is wrong is told, place by place, and holds up nothing else.</summary>
public sealed class TaskLoader(
    IGrainFactory grains, TaskCatalog catalog, TaskStorer storer, TaskSourceMetrics metrics, SiloReadiness readiness, IOptions<TaskOptions> options, TimeProvider time, ILogger<TaskLoader> logger)
    : BackgroundService
{
    private static readonly TimeSpan RehearsalPatience = TimeSpan.FromSeconds(3);

    /// <summary>Tasks whose schemas are compiled ahead.</summary>
    private const int MostRehearsed = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The rest of the host's start must not wait for the files.
        await Task.Yield();
        string[] sources = Sources();
        using HttpFetchBroker? broker = sources.Any(HttpTaskSource.Is) ? new HttpFetchBroker(options.Value.Fetch, time) : null;
        TaskSourceWatch[] watches = [.. sources.Select((source, place) => new TaskSourceWatch(Open(source, broker), place, catalog, metrics, options.Value, time, logger))];
        catalog.Begin([.. watches.Select(watch => watch.Name)]);
        Task<IReadOnlyList<TaskReading>?>[] looks = [.. watches.Select(watch => watch.LookAsync(stoppingToken))];
        int[] late = await FirstAsync(watches, looks, stoppingToken);
        await RehearseAsync(stoppingToken);
        readiness.Rehearsed();
        await Task.WhenAll(watches.Select((watch, place) => GoOnAsync(watch, late.Contains(place) ? looks[place] : null, stoppingToken)));
    }

    /// <summary>The first look at all sources. An address that does not answer holds up nothing for longer than its time: what it had is in the store.</summary>
    /// <returns>The places of those that are still waited for.</returns>
    private async Task<int[]> FirstAsync(TaskSourceWatch[] watches, Task<IReadOnlyList<TaskReading>?>[] looks, CancellationToken cancel)
    {
        await Task.WhenAll(looks.Where((_, place) => watches[place].IsFolder));
        try
        {
            await Task.WhenAll(looks).WaitAsync(options.Value.StartWait, time, cancel);
        }
        catch (TimeoutException)
        {
            // Told of each below.
        }

        int[] late = [.. looks.Index().Where(look => !look.Item.IsCompleted).Select(look => look.Index)];
        foreach (int place in late) TaskSourceLog.Late(logger, watches[place].Name);
        var read = new Dictionary<int, IReadOnlyList<TaskReading>>();
        foreach ((int place, Task<IReadOnlyList<TaskReading>?> look) in looks.Index().Where(look => !late.Contains(look.Index)))
        {
            if (await look is { } readings) read[place] = readings;
        }

        await catalog.UpdateAsync(read, cancel);
        return late;
    }

    private async Task GoOnAsync(TaskSourceWatch watch, Task<IReadOnlyList<TaskReading>?>? late, CancellationToken cancel)
    {
        if (late is not null) await watch.FinishAsync(late, cancel);
        if (options.Value.Watch) await watch.RunAsync(cancel);
    }

    /// <summary>Bounded: a node that is slow at this is slow at the first submit, and takes it all the same.</summary>
    private async Task RehearseAsync(CancellationToken cancel)
    {
        Submission[] submissions = [.. catalog.Packages.Take(MostRehearsed).Select(p => new Submission { Task = p.Name, Input = "{}"u8.ToArray() })];
        try
        {
            await storer.StartedAsync(cancel);
            await grains.GetGrain<ISubmissionGrain>(0).RehearseAsync(QueueKey.DefaultTenant, submissions, cancel).WaitAsync(RehearsalPatience, time, cancel);
        }
        catch (Exception e) when (e is RatchetException or OrleansException or TimeoutException)
        {
            TaskSourceLog.NotRehearsed(logger, e.Message);
        }
    }

    private ITaskSource Open(string source, HttpFetchBroker? broker) =>
        HttpTaskSource.Is(source) ? new HttpTaskSource(HttpTaskSource.Parse(source), broker!) : new FolderTaskSource(source, options.Value.Depth, time);

    private string[] Sources()
    {
        if (options.Value.Sources.Length > 0) return [.. options.Value.Sources.Select(s => HttpTaskSource.Is(s) ? s : Path.TrimEndingDirectorySeparator(Path.GetFullPath(s))).Distinct()];
        return Directory.Exists(TaskOptions.DefaultSource) ? [TaskOptions.DefaultSource] : [];
    }
}

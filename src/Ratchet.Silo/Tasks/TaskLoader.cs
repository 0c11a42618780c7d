using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Grains.Health;
using Ratchet.Grains.Tasks;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Silo.Tasks;

/// <summary>Reads the task sources at start and gives every good task to its grain. What is wrong is told, place by place, and holds up nothing else.</summary>
public sealed class TaskLoader(
    IGrainFactory grains, ISandboxPool sandboxes, IStore store, SiloReadiness readiness, TaskSources found, IHostApplicationLifetime lifetime, IOptions<TaskOptions> options, TimeProvider time,
    ILogger<TaskLoader> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RehearsalPatience = TimeSpan.FromSeconds(3);

    /// <summary>Tasks whose schemas are compiled ahead.</summary>
    private const int MostRehearsed = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The rest of the host's start must not wait for the files.
        await Task.Yield();
        TaskScan scan = TaskSourceScanner.Scan(Sources());
        found.Found(scan.Packages);
        foreach (string line in scan.Faults.SelectMany(fault => fault.Lines)) TaskLoaderLog.Fault(logger, line);
        bool[] loaded = await Task.WhenAll(scan.Packages.Select(package => LoadAsync(package, stoppingToken)));
        int good = loaded.Count(ok => ok);
        int bad = scan.Faults.Count + loaded.Length - good;
        readiness.TasksLoaded(bad == 0 ? $"{good} loaded" : $"{good} loaded, {bad} not: the log says why");
        TaskLoaderLog.Loaded(logger, good, bad);
        await RehearseAsync(scan.Packages, stoppingToken);
        readiness.Rehearsed();
    }

    /// <summary>Bounded: a node that is slow at this is slow at the first submit, and takes it all the same.</summary>
    private async Task RehearseAsync(IReadOnlyList<TaskPackage> packages, CancellationToken cancel)
    {
        Submission[] submissions = [.. packages.Take(MostRehearsed).Select(p => new Submission { Task = p.Name, Input = "{}"u8.ToArray() })];
        try
        {
            await StartedAsync(cancel);
            await grains.GetGrain<ISubmissionGrain>(0).RehearseAsync(QueueKey.DefaultTenant, submissions, cancel).WaitAsync(RehearsalPatience, time, cancel);
        }
        catch (Exception e) when (e is RatchetException or OrleansException or TimeoutException)
        {
            TaskLoaderLog.NotRehearsed(logger, e.Message);
        }
    }

    /// <summary>Tasks are checked while the silo starts; their grains can be called when it has.</summary>
    private async Task StartedAsync(CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancel);
    }

    private string[] Sources()
    {
        if (options.Value.Sources.Length > 0) return options.Value.Sources;
        return Directory.Exists(TaskOptions.DefaultSource) ? [TaskOptions.DefaultSource] : [];
    }

    private async Task<bool> LoadAsync(TaskPackage package, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await PutAsync(package, cancel);
            }
            catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
            {
                TaskLoaderLog.TryAgain(logger, package.Name, e.Message);
                await Task.Delay(RetryPeriod, time, cancel);
            }
            catch (RatchetException e)
            {
                TaskLoaderLog.Fault(logger, e.Message);
                return false;
            }
        }
    }

    private async Task<bool> PutAsync(TaskPackage package, CancellationToken cancel)
    {
        // Content that is in the store has been checked before.
        if (await store.Tasks.GetPackageAsync(QueueKey.DefaultTenant, package.Digest, cancel) is null)
        {
            IReadOnlyList<TaskProblem> problems = await sandboxes.CheckAsync(package, cancel);
            foreach (TaskProblem problem in problems) TaskLoaderLog.Fault(logger, $"{package.Source}/{problem}");
            if (problems.Count > 0) return false;
        }

        await StartedAsync(cancel);
        await grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{package.Name}").PutAsync(package);
        return true;
    }
}

internal static partial class TaskLoaderLog
{
    [LoggerMessage(1101, LogLevel.Error, "Task not loaded: {Fault}")]
    public static partial void Fault(ILogger logger, string fault);

    [LoggerMessage(1102, LogLevel.Information, "{Good} tasks loaded, {Bad} not.")]
    public static partial void Loaded(ILogger logger, int good, int bad);

    [LoggerMessage(1104, LogLevel.Information, "The first submits may take longer, their rehearsal was not done: {Reason}")]
    public static partial void NotRehearsed(ILogger logger, string reason);

    [LoggerMessage(1103, LogLevel.Warning, "Task {Task} could not be stored yet, it is tried again: {Reason}")]
    public static partial void TryAgain(ILogger logger, string task, string reason);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Tasks;

namespace Ratchet.Silo.Tasks;

/// <summary>Checks a task that a source has and gives it to its grain, as often as it takes.</summary>
public sealed class TaskStorer(
    IGrainFactory grains, ISandboxPool sandboxes, IStore store, IHostApplicationLifetime lifetime, IOptions<TaskOptions> options, TimeProvider time, ILogger<TaskStorer> logger)
{
    private const string Actor = "source";
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    /// <param name="highest">Whether it is the highest version of its task in the sources.</param>
    /// <returns>What is wrong with it; empty when it is in the store.</returns>
    public async Task<IReadOnlyList<string>> StoreAsync(TaskPackage package, bool highest, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await TryAsync(package, highest, cancel);
            }
            catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
            {
                TaskSourceLog.TryAgain(logger, package.Name, e.Message);
                await Task.Delay(RetryPeriod, time, cancel);
            }
            catch (RatchetException e)
            {
                return [e.Message];
            }
        }
    }

    /// <summary>Tasks are checked while the silo starts; their grains can be called when it has.</summary>
    public async Task StartedAsync(CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancel);
    }

    private async Task<IReadOnlyList<string>> TryAsync(TaskPackage package, bool highest, CancellationToken cancel)
    {
        // Content that is in the store has been checked before.
        if (await store.Tasks.GetPackageAsync(QueueKey.DefaultTenant, package.Digest, cancel) is null)
        {
            IReadOnlyList<TaskProblem> problems = await sandboxes.CheckAsync(package, cancel);
            if (problems.Count > 0) return [.. problems.Select(problem => $"{package.Source}/{problem}")];
        }

        await StartedAsync(cancel);
        PromotionRule rule = options.Value.Development && highest ? PromotionRule.Follow : PromotionRule.IfNewer;
        StoredTask stored = await grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{package.Name}").StoreAsync(package, rule, Actor);
        if (stored.Created) TaskSourceLog.Stored(logger, package.Name, stored.Reference.Version, stored.Current ? "current" : "not current", package.Source);
        return [];
    }
}

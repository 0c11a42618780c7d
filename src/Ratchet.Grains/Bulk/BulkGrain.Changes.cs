using Ratchet.Bulk;
using Ratchet.Grains.Tasks;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Bulk;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Bulk;

/// <summary>What is done to a page of jobs.</summary>
public sealed partial class BulkGrain
{
    /// <returns>How many were changed.</returns>
    private Task<int> ChangeAsync(BulkRecord operation, BulkArguments arguments, IReadOnlyList<PickedJob> picked, CancellationToken cancel) => Enum.Parse<BulkAction>(operation.Action) switch
    {
        BulkAction.Cancel => CancelAsync(operation, picked, cancel),
        BulkAction.Retry => RetryAsync(operation, picked, cancel),
        BulkAction.Reprioritise => ReprioritiseAsync(operation, arguments.Priority!.Value, picked, cancel),
        _ => DeleteAsync(operation, picked, cancel),
    };

    private async Task<int> CancelAsync(BulkRecord operation, IReadOnlyList<PickedJob> picked, CancellationToken cancel)
    {
        IReadOnlyList<bool> moved = await MoveAsync(operation, picked, _ => JobTransition.Cancel, cancel);
        for (int i = 0; i < moved.Count; i++)
        {
            if (!moved[i]) continue;
            await Queue(operation, picked[i].Queue).WithdrawAsync(picked[i].Id);
            // A grain for each would cost an activation each; whoever waits for one looks at its row.
        }

        return moved.Count(m => m);
    }

    private async Task<int> RetryAsync(BulkRecord operation, IReadOnlyList<PickedJob> picked, CancellationToken cancel)
    {
        picked = await WithTaskAsync(operation, picked);
        // Those with a unique key have to get it again, one by one; the others are one write.
        PickedJob[] unique = [.. picked.Where(NeedsUniqueKey)], plain = [.. picked.Where(j => !NeedsUniqueKey(j))];
        IReadOnlyList<bool> moved = plain.Length == 0 ? [] : await MoveAsync(operation, plain, RetryOf, cancel);
        int changed = 0;
        for (int i = 0; i < moved.Count; i++)
        {
            if (moved[i]) changed += await OfferAsync(operation, plain[i], cancel);
        }

        foreach (PickedJob job in unique)
        {
            KeyedMove outcome = await store.Unique.MoveAsync(operation.Tenant, Move(operation, job, RetryOf(job)), null, cancel);
            if (outcome.Outcome == MoveOutcome.Moved) changed += await OfferAsync(operation, job, cancel);
        }

        return changed;
    }

    /// <summary>Those whose task, in their version, is still there.</summary>
    private async Task<IReadOnlyList<PickedJob>> WithTaskAsync(BulkRecord operation, IReadOnlyList<PickedJob> picked)
    {
        var there = new HashSet<(string, string)>();
        foreach ((string task, string version) in picked.Select(j => (j.Task, j.TaskVersion)).Distinct())
        {
            if ((await GrainFactory.GetGrain<ITaskGrain>(new TaskKey(operation.Tenant, task).GrainKey).ResolveAsync(version)).Version is not null) there.Add((task, version));
        }

        return [.. picked.Where(j => there.Contains((j.Task, j.TaskVersion)))];
    }

    private static bool NeedsUniqueKey(PickedJob job) => job.Unique && RetryOf(job) == JobTransition.Redrive;

    private static JobTransition RetryOf(PickedJob job) => job.State == JobState.Retrying ? JobTransition.Promote : JobTransition.Redrive;

    private async Task<int> OfferAsync(BulkRecord operation, PickedJob job, CancellationToken cancel)
    {
        if (await store.Jobs.ReadReadyAsync(operation.Tenant, job.Id, cancel) is { } ready) await Queue(operation, job.Queue).OfferAsync([ready]);
        return 1;
    }

    private async Task<int> ReprioritiseAsync(BulkRecord operation, JobPriority priority, IReadOnlyList<PickedJob> picked, CancellationToken cancel)
    {
        IReadOnlyList<ReprioritisedJob> changed =
            await store.Jobs.ReprioritiseAsync(operation.Tenant, [.. picked.Select(j => j.Id)], priority, time.GetUtcNow(), ActorOf(operation), cancel);
        foreach (ReprioritisedJob job in changed)
        {
            if (job.Ready is { } ready) await Queue(operation, job.Queue).RerankAsync(ready);
        }

        return changed.Count;
    }

    private async Task<int> DeleteAsync(BulkRecord operation, IReadOnlyList<PickedJob> picked, CancellationToken cancel) =>
        (await store.Jobs.DeleteAsync(operation.Tenant, [.. picked.Select(j => j.Id)], time.GetUtcNow(), ActorOf(operation), cancel)).Count;

    private ValueTask<IReadOnlyList<bool>> MoveAsync(
        BulkRecord operation, IReadOnlyList<PickedJob> picked, Func<PickedJob, JobTransition> transition, CancellationToken cancel) =>
        journal.MoveAsync([.. picked.Select(j => Move(operation, j, transition(j)))], cancel);

    private JobMove Move(BulkRecord operation, PickedJob job, JobTransition transition) => new(job.Id, transition, time.GetUtcNow()) { Actor = ActorOf(operation) };

    private static string ActorOf(BulkRecord operation) => $"bulk:{operation.Id}";

    private IQueueGrain Queue(BulkRecord operation, string name) => GrainFactory.GetGrain<IQueueGrain>(new QueueKey(operation.Tenant, name).GrainKey);
}

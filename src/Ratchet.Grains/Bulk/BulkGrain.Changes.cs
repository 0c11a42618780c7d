using Ratchet.Bulk;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Bulk;
using Ratchet.Storage.Jobs;

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
        IReadOnlyList<bool> moved = await MoveAsync(operation, picked, j => j.State == JobState.Retrying ? JobTransition.Promote : JobTransition.Redrive, cancel);
        for (int i = 0; i < moved.Count; i++)
        {
            if (moved[i] && await store.Jobs.ReadReadyAsync(operation.Tenant, picked[i].Id, cancel) is { } ready) await Queue(operation, picked[i].Queue).OfferAsync([ready]);
        }

        return moved.Count(m => m);
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

    private async Task<IReadOnlyList<bool>> MoveAsync(
        BulkRecord operation, IReadOnlyList<PickedJob> picked, Func<PickedJob, JobTransition> transition, CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        return await journal.MoveAsync([.. picked.Select(j => new JobMove(j.Id, transition(j), now) { Actor = ActorOf(operation) })], cancel);
    }

    private static string ActorOf(BulkRecord operation) => $"bulk:{operation.Id}";

    private IQueueGrain Queue(BulkRecord operation, string name) => GrainFactory.GetGrain<IQueueGrain>(new QueueKey(operation.Tenant, name).GrainKey);
}

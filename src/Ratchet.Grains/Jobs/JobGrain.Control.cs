using Ratchet.Grains.Tasks;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Jobs;

/// <summary>What people do to a job.</summary>
public sealed partial class JobGrain
{
    /// <summary>The row may move between the reading and the write; it is read again so often at most.</summary>
    private const int MostTries = 10;

    public async Task<JobView?> RedriveAsync(string tenant, string actor, string? idempotencyKey)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (await store.Jobs.GetAsync(tenant, Id, CancellationToken.None) is not { } job) return null;
            JobTransition transition = job.State is JobState.Scheduled or JobState.Retrying ? JobTransition.Promote : JobTransition.Redrive;
            var move = new JobMove(Id, transition, time.GetUtcNow()) { Actor = actor };
            if (transition == JobTransition.Redrive && transition.Allows(job.State)
                && (await GrainFactory.GetGrain<ITaskGrain>(new TaskKey(tenant, job.Task).GrainKey).ResolveAsync(job.TaskVersion)).Version is null)
            {
                throw new TaskGoneException(Id, job.Task, job.TaskVersion);
            }

            IdempotentMove? once = idempotencyKey is null ? null : new IdempotentMove(idempotencyKey, "redrive");
            KeyedMove moved = await store.Unique.MoveAsync(tenant, move, once, CancellationToken.None);
            if (moved.Outcome == MoveOutcome.Before) return job;
            if (moved.Outcome == MoveOutcome.Conflict) throw new IdempotencyConflictException(idempotencyKey!);
            if (moved.Outcome == MoveOutcome.Refused) transition.Require(Id, job.State);
            if (moved is { UniqueKey: { } unique, Holder: { } holder }) throw new UniqueKeyHeldException(unique, holder);
            if (moved.Outcome != MoveOutcome.Moved) continue;
            // Read again: a debounced submit may have given it another queue meanwhile.
            JobView? now = await store.Jobs.GetAsync(tenant, Id, CancellationToken.None);
            if (await store.Jobs.ReadReadyAsync(tenant, Id, CancellationToken.None) is { } ready) await QueueOf(now ?? job).OfferAsync([ready]);
            return now;
        }

        throw Restless();
    }

    public async Task<JobView?> ReprioritiseAsync(string tenant, JobPriority priority, string actor)
    {
        if (await store.Jobs.GetAsync(tenant, Id, CancellationToken.None) is not { } job) return null;
        if (job.State is not (JobState.Scheduled or JobState.Queued or JobState.Retrying)) throw new IllegalTransitionException(Id, job.State, "reprioritise");
        foreach (ReprioritisedJob changed in await store.Jobs.ReprioritiseAsync(tenant, [Id], priority, time.GetUtcNow(), actor, CancellationToken.None))
        {
            if (changed.Ready is { } ready) await QueueOf(job).RerankAsync(ready);
        }

        return await store.Jobs.GetAsync(tenant, Id, CancellationToken.None);
    }

    public async Task<bool> DeleteAsync(string tenant, string actor)
    {
        if (await store.Jobs.GetAsync(tenant, Id, CancellationToken.None) is not { } job) return false;
        if (!job.State.IsTerminal()) throw new IllegalTransitionException(Id, job.State, "delete");
        return (await store.Jobs.DeleteAsync(tenant, [Id], time.GetUtcNow(), actor, CancellationToken.None)).Count == 1;
    }

    private IQueueGrain QueueOf(JobView job) => GrainFactory.GetGrain<IQueueGrain>(new QueueKey(job.Tenant, job.Queue).GrainKey);

    private RatchetException Restless() => new($"Job {Id} changes its state all the time; try again.");
}

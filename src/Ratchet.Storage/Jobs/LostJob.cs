using Ratchet.Jobs;

namespace Ratchet.Storage.Jobs;

/// <summary>A PROCESSING job whose node is gone.</summary>
internal readonly record struct LostJob(JobId Id, long Fence, int Attempts, int LostWorkers, string Node, DateTimeOffset? StartedAt)
{
    /// <summary>The write that takes it back. The attempt was under way, not used up; the next one has its number again.</summary>
    public AttemptEnd Release(DateTimeOffset now, TimeProvider time) => new()
    {
        Job = Id,
        Fence = Fence,
        Transition = JobTransition.Release,
        Execution = Guid.CreateVersion7(time.GetUtcNow()),
        Attempt = Attempts + 1,
        AttemptsUsed = Attempts,
        LostWorkers = LostWorkers,
        Node = Node,
        StartedAt = StartedAt ?? now,
        FinishedAt = now,
        Failure = new Failure(FailureKind.WorkerLost, nameof(FailureKind.WorkerLost), $"The node '{Node}' that ran this attempt left the cluster."),
    };
}

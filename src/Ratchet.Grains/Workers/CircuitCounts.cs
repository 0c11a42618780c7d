using Ratchet.Execution.Nodes;
using Ratchet.Execution.Packages;
using Ratchet.Grains.Tasks;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Workers;

/// <summary>Counts how attempts end, for tasks that have a circuit breaker, and tells their grains in batches. Other tasks cost a look-up.</summary>
public sealed class CircuitCounts(TaskPackageCache packages, IGrainFactory grains)
{
    private readonly Lock gate = new();
    private Dictionary<TaskKey, (int Succeeded, int Failed)> counts = [];

    public void Note(NodeRun run, bool succeeded)
    {
        if (!packages.TryGet(run.Queue.Tenant, run.Job.Task.Digest, out TaskPackage? package) || package!.Execution.Breaker is null) return;
        if (!succeeded && !IsFault(run.Outcome!.Failure!.Kind)) return;
        var key = new TaskKey(run.Queue.Tenant, run.Job.Task.Name);
        lock (gate)
        {
            (int good, int bad) = counts.GetValueOrDefault(key);
            counts[key] = succeeded ? (good + 1, bad) : (good, bad + 1);
        }
    }

    public void Flush()
    {
        Dictionary<TaskKey, (int Succeeded, int Failed)> told;
        lock (gate)
        {
            if (counts.Count == 0) return;
            (told, counts) = (counts, []);
        }

        foreach ((TaskKey task, (int succeeded, int failed)) in told) _ = grains.GetGrain<ITaskGrain>(task.GrainKey).NoteOutcomesAsync(succeeded, failed);
    }

    /// <summary>What a client sent, or somebody's cancel, says nothing of the task's health.</summary>
    private static bool IsFault(FailureKind kind) => kind is not (FailureKind.InvalidInput or FailureKind.Cancelled);
}

using System.Collections.Frozen;
using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Execution.Nodes;

/// <summary>The keeper of a tenant's limits whose grants this node takes.</summary>
internal sealed class LimitKeeper(long epoch, LimitedNames names)
{
    private readonly FrozenSet<string> tasks = names.Tasks.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> ratedTasks = names.RatedTasks.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> ratedQueues = names.RatedQueues.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Before the first one has come.</summary>
    public static readonly LimitKeeper Unknown = new(-1, LimitedNames.None);

    public long Epoch { get; } = epoch;

    public bool MustGrant(QueueKey queue, ReadyJob job)
    {
        if (tasks.Contains(job.Task.Name) || ratedQueues.Contains(queue.Name)) return true;
        return KeysOf(job) is { } lane && (lane.Concurrency ?? lane.Rate ?? lane.Cache) is not null;
    }

    /// <summary>Whether the job's start counts against a rate.</summary>
    public bool IsRated(QueueKey queue, ReadyJob job) =>
        ratedTasks.Contains(job.Task.Name) || ratedQueues.Contains(queue.Name) || KeysOf(job) is { Rate: not null };

    /// <summary>Most lanes are a task's name alone, without keys.</summary>
    private static LaneKey? KeysOf(ReadyJob job) => job.Lane.Length == job.Task.Name.Length ? null : LaneKey.Parse(job.Lane);
}

using System.Collections.Frozen;
using Ratchet.Queues;

namespace Ratchet.Execution.Nodes;

/// <summary>The keeper of a tenant's limits whose grants this node takes.</summary>
/// <param name="Tasks">Tasks whose jobs need its grant, whatever their keys.</param>
internal sealed record LimitKeeper(long Epoch, FrozenSet<string> Tasks)
{
    /// <summary>Before the first one has come.</summary>
    public static readonly LimitKeeper Unknown = new(-1, FrozenSet<string>.Empty);

    public bool MustGrant(ReadyJob job)
    {
        if (Tasks.Contains(job.Task.Name)) return true;
        // Most lanes are a task's name alone, without keys.
        return job.Lane.Length != job.Task.Name.Length && LaneKey.Parse(job.Lane) is { } lane && (lane.Concurrency ?? lane.Rate) is not null;
    }
}

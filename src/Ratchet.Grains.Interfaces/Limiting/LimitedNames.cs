namespace Ratchet.Limiting;

/// <summary>What of a tenant has a limit set, so that its jobs need the keeper's grant, whatever their keys. Nodes hold hand-outs to it.</summary>
/// <param name="Tasks">Tasks with a limit.</param>
/// <param name="RatedTasks">Those of them with a rate: of their jobs, nodes tell when they begin.</param>
/// <param name="RatedQueues">Queues with a rate. A queue's concurrency needs no grant: the queue keeps it itself.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limited-names")]
public sealed record LimitedNames(
    [property: Id(0)] IReadOnlyList<string> Tasks, [property: Id(1)] IReadOnlyList<string> RatedTasks, [property: Id(2)] IReadOnlyList<string> RatedQueues)
{
    public static LimitedNames None { get; } = new([], [], []);

    public bool Same(LimitedNames other) =>
        Tasks.SequenceEqual(other.Tasks) && RatedTasks.SequenceEqual(other.RatedTasks) && RatedQueues.SequenceEqual(other.RatedQueues);
}

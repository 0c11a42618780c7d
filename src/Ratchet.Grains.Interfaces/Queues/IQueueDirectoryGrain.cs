using Ratchet.Jobs;
using Ratchet.Limiting;

namespace Ratchet.Queues;

/// <summary>Stateless worker: a tenant's queues as operators see them. Key: 0.</summary>
[Alias("ratchet.IQueueDirectoryGrain")]
public interface IQueueDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>All queues that ever had a job or a setting, by name.</summary>
    [Alias("list")]
    Task<IReadOnlyList<QueueView>> ListAsync(string tenant, CancellationToken cancel = default);

    /// <summary>Null when there is no such queue.</summary>
    [Alias("get")]
    Task<QueueView?> GetAsync(string tenant, string name, CancellationToken cancel = default);
}

/// <param name="Counts">Jobs by state: those that are not at an end are counted exactly, of the others only what is kept.</param>
/// <param name="Stats">What the queue's grain holds in memory now.</param>
/// <param name="Weights">Fairness keys with a weight other than 1.</param>
[GenerateSerializer, Immutable, Alias("ratchet.queue-view")]
public sealed record QueueView(
    [property: Id(0)] string Name,
    [property: Id(1)] WorkMode Mode,
    [property: Id(2)] IReadOnlyDictionary<JobState, long> Counts,
    [property: Id(3)] QueueStats Stats,
    [property: Id(4)] LimitRule? Limit,
    [property: Id(5)] IReadOnlyDictionary<string, double> Weights)
{
    /// <summary>Another one after each change of its mode or its weights.</summary>
    [Id(6)] public long Revision { get; init; }
}

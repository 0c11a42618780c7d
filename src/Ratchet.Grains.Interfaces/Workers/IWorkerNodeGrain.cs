using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Workers;

/// <summary>One worker node: drives the NodeAgent of its own silo, on which it is always placed. Key: the silo's name.</summary>
[Alias("ratchet.IWorkerNodeGrain")]
public interface IWorkerNodeGrain : IGrainWithStringKey
{
    /// <summary>
    /// A queue's grain takes this node into its service. From now on only hand-outs with this <paramref name="owner"/> are accepted for the queue, so that
    /// an older activation of the same queue grain cannot hand out any more. Returns the node's room and what it runs for the queue already.
    /// </summary>
    [Alias("attach")]
    Task<NodeAttachment> AttachAsync(QueueKey queue, Guid owner);

    /// <summary>Hands out jobs. False when <paramref name="owner"/> is not the queue's owner here any more, or the node drains; then none was taken.</summary>
    /// <param name="limits">Which keeper of limits granted the jobs that need a grant: refused when a later one is known here.</param>
    [Alias("run")]
    Task<bool> RunAsync(QueueKey queue, Guid owner, long limits, [Immutable] IReadOnlyList<ReadyJob> jobs);

    /// <summary>
    /// A keeper of a tenant's limits takes over: from now on jobs that need a grant are taken only with its <paramref name="epoch"/>.
    /// Returns what runs, and the latest epoch known here: when it is another one, nothing was changed.
    /// </summary>
    [Alias("limits")]
    Task<NodeHoldings> TakeLimitsAsync(string tenant, long epoch, LimitedNames names);

    /// <summary>Takes no more work, or takes work again. Lasts until the node's next start.</summary>
    [Alias("drain")]
    Task SetDrainingAsync(bool draining);

    /// <summary>Somebody waits for this job; its JobGrain is to be told of the end. False when the node does not have it.</summary>
    [Alias("watch")]
    Task<bool> WatchAsync(JobId job);

    /// <summary>
    /// Reads what the job's running attempt has said from a place on; waits up to <paramref name="patience"/> (bounded by 10 s) when there is nothing behind it yet. Its process sends
    /// lines as they come while somebody waits here.
    /// </summary>
    /// <param name="after">The place; of another execution: from the beginning.</param>
    /// <param name="tries">What was read last as <see cref="RunningLog.Tries"/>; 0: nothing was.</param>
    /// <returns>Null when the node does not have the job.</returns>
    [Alias("log")]
    Task<RunningLog?> ReadLogAsync(JobId job, LogPlace after, int tries, TimeSpan patience, CancellationToken cancel = default);

    /// <summary>
    /// Cancels a job that runs here: interrupts its attempt, whose end, when it is written, is the job's. The job's grain is told then. False when the node does not have it,
    /// or its attempt has just ended by itself.
    /// </summary>
    [Alias("cancel")]
    Task<bool> CancelAsync(JobId job, string actor, string? reason);

    /// <summary>Interrupts the job's attempt; its result does not count any more. False when the node does not have it.</summary>
    [Alias("interrupt")]
    Task<bool> InterruptAsync(JobId job);

    /// <summary>What the node remembers of how a tenant's attempts went.</summary>
    /// <param name="window">For failures and times; at most 1 h.</param>
    [Alias("statistics"), Orleans.Concurrency.ReadOnly]
    Task<Statistics.NodeStatistics> StatisticsAsync(string tenant, TimeSpan window);

    [Alias("get"), Orleans.Concurrency.ReadOnly]
    Task<WorkerNodeView> GetAsync();
}

/// <param name="Node">The node's incarnation: its name and the start it belongs to. What a dead incarnation held is taken back.</param>
/// <param name="Capacity">How many jobs of this queue the node takes at once.</param>
/// <param name="Running">Jobs of this queue that the node has already.</param>
[GenerateSerializer, Immutable, Alias("ratchet.node-attachment")]
public sealed record NodeAttachment([property: Id(0)] string Node, [property: Id(1)] int Capacity, [property: Id(2)] IReadOnlyList<ReadyJob> Running);

/// <summary>A worker node as operators see it.</summary>
/// <param name="Processors">Cores that the node may use.</param>
/// <param name="MemoryBytes">Memory that the node may use.</param>
/// <param name="Isolation">The walls around the node's sandboxes: <c>bubblewrap</c>, <c>unshare</c> or <c>none</c>.</param>
[GenerateSerializer, Immutable, Alias("ratchet.worker-node-view")]
public sealed record WorkerNodeView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Incarnation,
    [property: Id(2)] int Capacity,
    [property: Id(3)] int Running,
    [property: Id(4)] bool Draining,
    [property: Id(5)] int Processors,
    [property: Id(6)] long MemoryBytes,
    [property: Id(7)] string Isolation);

/// <param name="Running">All that the node has of the tenant.</param>
/// <param name="Starting">What of it counts against a rate and has not begun.</param>
[GenerateSerializer, Immutable, Alias("ratchet.node-holdings")]
public sealed record NodeHoldings(
    [property: Id(0)] long Epoch, [property: Id(1)] IReadOnlyList<LimitHolder> Running, [property: Id(2)] IReadOnlyList<LimitStarting> Starting);

/// <summary>A job that a node has been given and not begun.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.limit-starting")]
public sealed record LimitStarting([property: Id(0)] QueueKey Queue, [property: Id(1)] LimitAsk Ask);

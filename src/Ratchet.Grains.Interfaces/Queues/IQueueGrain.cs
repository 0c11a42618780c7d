using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Tasks;

namespace Ratchet.Queues;

/// <summary>
/// The order of one queue's ready work, and its hand-out to worker nodes by credit. Holds a bounded window of the best ready jobs; the store holds the rest.
/// Key: <see cref="QueueKey.GrainKey"/>.
/// </summary>
[Alias("ratchet.IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Jobs that were just committed as QUEUED. Telling twice is harmless; not telling at all is made good by the watchdog.</summary>
    [Alias("offer"), Orleans.Concurrency.OneWay]
    Task OfferAsync([Immutable] IReadOnlyList<ReadyJob> jobs);

    /// <summary>A job waits until <paramref name="dueAt"/>: the queue looks at its due index then.</summary>
    [Alias("due"), Orleans.Concurrency.OneWay]
    Task NoteDueAsync(DateTimeOffset dueAt);

    /// <summary>Attempts that this queue handed out are over, and their ends are committed.</summary>
    [Alias("settled"), Orleans.Concurrency.OneWay]
    Task SettledAsync(SettledBatch batch);

    /// <summary>A node has joined, or its room has changed.</summary>
    [Alias("credit"), Orleans.Concurrency.OneWay]
    Task CreditAsync(string node, int capacity);

    /// <summary>Nodes came or went: take back what the dead held, meet the new ones.</summary>
    [Alias("membership"), Orleans.Concurrency.OneWay]
    Task MembershipChangedAsync();

    /// <summary>Somebody waits for this job: whoever ends it is to tell its JobGrain. False when the queue does not hold it (read the row instead).</summary>
    [Alias("watch")]
    Task<bool> WatchAsync(JobId job);

    /// <summary>
    /// The job was taken out of QUEUED or PROCESSING by somebody else than its attempt (cancelled, expired): it is not handed out any more, and an attempt
    /// that runs is interrupted. Returns the name of the node whose attempt was interrupted, or null.
    /// </summary>
    [Alias("withdraw")]
    Task<string?> WithdrawAsync(JobId job);

    /// <summary>
    /// Cancels a job that a node has, see <see cref="Workers.IWorkerNodeGrain.CancelAsync"/>. Returns the node's name; null when none has it: then its row is the place to cancel it.
    /// </summary>
    [Alias("cancel-run")]
    Task<string?> CancelRunAsync(JobId job, string actor, string? reason);

    /// <summary>Activates the queue, so that it takes up what the store holds for it.</summary>
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>A waiting job has another rank now.</summary>
    [Alias("rerank"), Orleans.Concurrency.OneWay]
    Task RerankAsync(ReadyJob job);

    /// <summary>Keys for which the queue was denied have room again.</summary>
    [Alias("room"), Orleans.Concurrency.OneWay]
    Task RoomAsync([Immutable] IReadOnlyList<LimitRoom> room);

    /// <summary>The rules of limits that concern this queue have changed.</summary>
    [Alias("limits"), Orleans.Concurrency.OneWay]
    Task LimitsChangedAsync(LimitNotice notice);

    /// <summary>A task that has jobs here was paused or resumed, or its circuit breaker changed.</summary>
    [Alias("gate"), Orleans.Concurrency.OneWay]
    Task TaskGateAsync(string task, TaskGate gate);

    /// <summary>Changes the queue's mode, durably.</summary>
    /// <exception cref="PreconditionFailedException">The queue is not as <paramref name="only"/> says.</exception>
    [Alias("mode")]
    Task SetModeAsync(WorkMode mode, Precondition? only = null);

    /// <summary>Sets how many turns a fairness key has for each turn of one with weight 1; null sets it back to 1. More than 0, at most 1,000.</summary>
    /// <exception cref="PreconditionFailedException">The queue is not as <paramref name="only"/> says.</exception>
    [Alias("weight")]
    Task SetWeightAsync(string key, double? weight, Precondition? only = null);

    /// <summary>What holds up a QUEUED job, as far as this queue knows.</summary>
    [Alias("explain")]
    Task<QueueExplanation> ExplainAsync(JobId job, string lane, DateTimeOffset rank);

    /// <summary>What counts against a limit of the queue itself.</summary>
    /// <param name="most">Jobs that are named.</param>
    [Alias("use"), Orleans.Concurrency.ReadOnly]
    Task<QueueUse> UseAsync(int most);

    [Alias("stats"), Orleans.Concurrency.ReadOnly]
    Task<QueueStats> StatsAsync();
}

/// <summary>Ends of attempts of one queue on one node.</summary>
/// <param name="Capacity">The node's room for this queue's work now: how many jobs it may hold at once.</param>
[GenerateSerializer, Immutable, Alias("ratchet.settled-batch")]
public sealed record SettledBatch([property: Id(0)] string Node, [property: Id(1)] IReadOnlyList<SettledJob> Jobs, [property: Id(2)] int Capacity);

/// <param name="Requeue">Set when the job is QUEUED again (a lost worker).</param>
/// <param name="DueAt">Set when it is RETRYING.</param>
[GenerateSerializer, Immutable, Alias("ratchet.settled-job")]
public readonly record struct SettledJob(
    [property: Id(0)] JobId Id, [property: Id(1)] long Fence, [property: Id(2)] ReadyJob? Requeue, [property: Id(3)] DateTimeOffset? DueAt);

/// <param name="Jobs">Jobs that nodes have; no more than were asked for.</param>
/// <param name="Count">How many there are.</param>
/// <param name="WaitsForLimit">Jobs wait that its own concurrency limit holds up.</param>
[GenerateSerializer, Immutable, Alias("ratchet.queue-use")]
public sealed record QueueUse([property: Id(0)] IReadOnlyList<JobId> Jobs, [property: Id(1)] int Count, [property: Id(2)] bool WaitsForLimit);

/// <summary>What a queue's grain holds in memory right now.</summary>
/// <param name="Held">Lanes that something holds up.</param>
[GenerateSerializer, Immutable, Alias("ratchet.queue-stats")]
public sealed record QueueStats(
    [property: Id(0)] int Window,
    [property: Id(1)] int InFlight,
    [property: Id(2)] int Nodes,
    [property: Id(3)] bool MoreInStore,
    [property: Id(4)] DateTimeOffset? NextDue,
    [property: Id(5)] WorkMode Mode,
    [property: Id(6)] int Lanes,
    [property: Id(7)] int Held);

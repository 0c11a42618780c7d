using Ratchet.Limiting;

namespace Ratchet.Queues;

/// <summary>Why a QUEUED job of a queue does not run yet.</summary>
/// <param name="Cause">The first thing in its way.</param>
/// <param name="Key">The limit's key, the task or the node that the cause is about.</param>
/// <param name="Until">When that is over at the earliest, where it is known.</param>
/// <param name="Ahead">Jobs of its lane in memory that go before it; jobs of other lanes take turns with these.</param>
/// <param name="InFlight">Jobs of the queue that run.</param>
/// <param name="Room">Jobs of the queue that nodes would take now.</param>
/// <param name="PerSecond">Ends a second, lately; null when none was seen.</param>
[GenerateSerializer, Immutable, Alias("ratchet.queue-explanation")]
public sealed record QueueExplanation(
    [property: Id(0)] WaitCause Cause,
    [property: Id(1)] string? Key,
    [property: Id(2)] DateTimeOffset? Until,
    [property: Id(3)] int Ahead,
    [property: Id(4)] int InFlight,
    [property: Id(5)] int Room,
    [property: Id(6)] double? PerSecond);

/// <summary>What keeps a job from running now.</summary>
public enum WaitCause
{
    /// <summary>Nothing: it is on its way to a node.</summary>
    None = 0,
    /// <summary>Its run-at is in the future.</summary>
    RunAt,
    /// <summary>It waits for its next attempt after a failed one.</summary>
    Backoff,
    /// <summary>Its queue is paused.</summary>
    QueuePaused,
    /// <summary>Its task is paused.</summary>
    TaskPaused,
    /// <summary>Its task's circuit breaker is open after too many failures.</summary>
    CircuitOpen,
    /// <summary>Its concurrency key is at its limit.</summary>
    KeyLimit,
    /// <summary>Its task is at its limit.</summary>
    TaskLimit,
    /// <summary>Its queue is at its limit.</summary>
    QueueLimit,
    /// <summary>Its rate key, task or queue has had its starts for now.</summary>
    RateLimit,
    /// <summary>No worker node is in the cluster, or all of them drain.</summary>
    NoNode,
    /// <summary>Worker nodes have no room.</summary>
    NoRoom,
    /// <summary>Other jobs of the queue go first.</summary>
    Behind,
    /// <summary>It runs.</summary>
    Running,
    /// <summary>It is at an end.</summary>
    Ended,
    /// <summary>The queue is just starting, or waits for the store.</summary>
    Starting,
    /// <summary>An equal job runs, whose result it will be given.</summary>
    CachedResult,
}

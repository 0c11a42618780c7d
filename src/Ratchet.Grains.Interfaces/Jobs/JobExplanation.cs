using Ratchet.Queues;

namespace Ratchet.Jobs;

/// <summary>Why a job does not run yet: the one cause that is in its way now.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-explanation")]
public sealed record JobExplanation
{
    [Id(0)] public required JobView Job { get; init; }
    [Id(1)] public required WaitCause Cause { get; init; }
    /// <summary>The cause in a sentence, with what can be done.</summary>
    [Id(2)] public required string Text { get; init; }
    /// <summary>What the cause is about: the limit's key, the task, the queue, the node.</summary>
    [Id(3)] public string? Subject { get; init; }
    /// <summary>When the cause is over at the earliest, where it is known.</summary>
    [Id(4)] public DateTimeOffset? Until { get; init; }
    /// <summary>Jobs that hold the limit; at most 20 are named.</summary>
    [Id(5)] public IReadOnlyList<JobId> Holders { get; init; } = [];
    /// <summary>Ready jobs of its lane that go before it; counted up to <see cref="MostAhead"/>.</summary>
    [Id(6)] public long? Ahead { get; init; }
    /// <summary>Those of them with a higher priority.</summary>
    [Id(7)] public long? AheadByPriority { get; init; }
    /// <summary>When it may start, after those before it, if its limits and its queue go on as lately: an estimate, nothing promised.</summary>
    [Id(8)] public DateTimeOffset? Estimate { get; init; }

    public const int MostAhead = 100_000;
}

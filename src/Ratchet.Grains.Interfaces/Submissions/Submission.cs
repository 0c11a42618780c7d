using Ratchet.Jobs;

namespace Ratchet.Submissions;

/// <summary>A request to run a task, as a client made it.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.submission")]
public sealed record Submission
{
    /// <summary>Name of the task.</summary>
    [Id(0)] public required string Task { get; init; }
    /// <summary>A SemVer version; null for the task's current one.</summary>
    [Id(1)] public string? Version { get; init; }
    /// <summary>UTF-8 JSON, at most <see cref="Limits.InputBytes"/>.</summary>
    [Id(2)] public required byte[] Input { get; init; }
    [Id(3)] public JobPriority Priority { get; init; } = JobPriority.Normal;
    [Id(4)] public string Queue { get; init; } = Queues.QueueKey.DefaultName;
    /// <summary>1 to <see cref="Limits.MaxAttempts"/>; null for the task's own.</summary>
    [Id(5)] public int? MaxAttempts { get; init; }
    /// <summary>Not before this instant; in the past means now.</summary>
    [Id(6)] public DateTimeOffset? RunAt { get; init; }
    /// <summary>The same key within 24 h returns the same job; at most <see cref="Limits.NameChars"/> characters.</summary>
    [Id(7)] public string? IdempotencyKey { get; init; }
    /// <summary>W3C traceparent of the request.</summary>
    [Id(8)] public string? TraceParent { get; init; }
    /// <summary>The client will wait for the end: spares it a look-up later.</summary>
    [Id(9)] public bool Watched { get; init; }
}

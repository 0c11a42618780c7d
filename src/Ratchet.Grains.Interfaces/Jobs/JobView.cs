namespace Ratchet.Jobs;

/// <summary>A job as clients see it. JSON payloads are UTF-8 bytes.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-view")]
public sealed record JobView
{
    [Id(0)] public required JobId Id { get; init; }
    [Id(1)] public required string Tenant { get; init; }
    [Id(2)] public required string Task { get; init; }
    [Id(3)] public required string TaskVersion { get; init; }
    [Id(4)] public required string Queue { get; init; }
    [Id(5)] public required JobPriority Priority { get; init; }
    [Id(6)] public required JobState State { get; init; }
    /// <summary>Attempts used up so far. Lost workers do not count.</summary>
    [Id(7)] public required int Attempts { get; init; }
    [Id(8)] public required int MaxAttempts { get; init; }
    [Id(9)] public required int LostWorkers { get; init; }
    [Id(10)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When a SCHEDULED or RETRYING job becomes ready.</summary>
    [Id(11)] public DateTimeOffset? DueAt { get; init; }
    [Id(12)] public DateTimeOffset? StartedAt { get; init; }
    [Id(13)] public DateTimeOffset? FinishedAt { get; init; }
    [Id(14)] public string? Node { get; init; }
    /// <summary>Null where a list leaves payloads out.</summary>
    [Id(15)] public byte[]? Input { get; init; }
    /// <summary>The accepted attempt's output; null until COMPLETED.</summary>
    [Id(16)] public byte[]? Output { get; init; }
    /// <summary>The newest attempt's failure, kept until an attempt completes.</summary>
    [Id(17)] public Failure? Failure { get; init; }
    [Id(18)] public IReadOnlyList<ExecutionView> Executions { get; init; } = [];
    [Id(19)] public string? IdempotencyKey { get; init; }
    [Id(20)] public string? FairnessKey { get; init; }
    [Id(21)] public string? ConcurrencyKey { get; init; }
    [Id(22)] public string? RateKey { get; init; }
    /// <summary>It must have started by then, or it ends EXPIRED.</summary>
    [Id(23)] public DateTimeOffset? Deadline { get; init; }
    /// <summary>When its priority is raised if it still waits.</summary>
    [Id(24)] public DateTimeOffset? EscalateAt { get; init; }
    /// <summary>The unique key it was submitted with. Another job may hold it once this one is at an end.</summary>
    [Id(25)] public string? UniqueKey { get; init; }
    /// <summary>The job whose result it was given, from its task's cache; null: it has its own, or none. That job may be deleted.</summary>
    [Id(26)] public JobId? CachedFrom { get; init; }
    /// <summary>What it says for itself instead of its task; null: nothing, or a list leaves it out.</summary>
    [Id(27)] public JobOptions? Options { get; init; }
    /// <summary>How long it is kept after its end, instead of what is set for the state; a list leaves it out.</summary>
    [Id(28)] public TimeSpan? Retention { get; init; }
    /// <summary>The priority that it is raised to at <see cref="EscalateAt"/>; a list leaves it out.</summary>
    [Id(29)] public JobPriority? EscalateTo { get; init; }
}

using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Storage.Jobs;

/// <summary>A job as it enters the store: QUEUED when <see cref="DueAt"/> is null, else SCHEDULED.</summary>
public sealed record NewJob
{
    public required JobId Id { get; init; }
    public required QueueKey Queue { get; init; }
    public required TaskReference Task { get; init; }
    public required JobPriority Priority { get; init; }
    /// <summary>UTF-8 JSON, valid against the task's input schema.</summary>
    public required byte[] Input { get; init; }
    public required int MaxAttempts { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>Unique a tenant for 24 h; afterwards the key is free again.</summary>
    public string? IdempotencyKey { get; init; }
    /// <summary>Lower-case hexadecimal SHA-256 of the request that carried the key; null without a key.</summary>
    public string? Fingerprint { get; init; }
    /// <summary>W3C traceparent of the request, so that attempts link to it.</summary>
    public string? TraceParent { get; init; }

    public JobState State => DueAt is null ? JobState.Queued : JobState.Scheduled;
}

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

    public string? FairnessKey { get; init; }
    public string? ConcurrencyKey { get; init; }
    public string? RateKey { get; init; }
    /// <summary>Whose result it shares (<see cref="LaneKey.Cache"/>). One that is QUEUED at once is given the result that is there as it is inserted.</summary>
    public string? CacheKey { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public DateTimeOffset? EscalateAt { get; init; }
    public JobPriority? EscalateTo { get; init; }
    /// <summary>How long it is kept after its end; null: as long as its state's jobs are.</summary>
    public TimeSpan? Retention { get; init; }
    public JobOptions? Options { get; init; }
    /// <summary>Who submitted it, for its first event.</summary>
    public string Actor { get; init; } = "client";

    public DateTimeOffset ReadyAt => DueAt ?? CreatedAt;
    public DateTimeOffset Rank => Priority.Rank(ReadyAt);
    /// <summary>The earliest time at which its queue has to look at it; null: none.</summary>
    public DateTimeOffset? NextDue => Earlier(DueAt, Earlier(Deadline, EscalateAt));
    public string Lane => new LaneKey(Task.Name, FairnessKey, ConcurrencyKey, RateKey, CacheKey).Text;
    public bool MayReuse => CacheKey is not null && DueAt is null;
    public JobTransition Transition => DueAt is null ? JobTransition.Enqueue : JobTransition.Schedule;

    public JobState State => DueAt is null ? JobState.Queued : JobState.Scheduled;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}

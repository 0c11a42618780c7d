using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Tasks;

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
    /// <summary>Not before this instant; up to a minute in the past means now (clocks differ), earlier is an error.</summary>
    [Id(6)] public DateTimeOffset? RunAt { get; init; }
    /// <summary>The same key within 24 h returns the same job; at most <see cref="Limits.NameChars"/> characters.</summary>
    [Id(7)] public string? IdempotencyKey { get; init; }
    /// <summary>W3C traceparent of the request.</summary>
    [Id(8)] public string? TraceParent { get; init; }
    /// <summary>The client will wait for the end: spares it a look-up later.</summary>
    [Id(9)] public bool Watched { get; init; }
    /// <summary>Not before this long after the submit, instead of <see cref="RunAt"/>; not negative, at most <see cref="Limits.DelayDays"/> days.</summary>
    [Id(10)] public TimeSpan? Delay { get; init; }
    /// <summary>When no attempt has started by then, the job ends EXPIRED; in the future. Met by the first attempt: what is retried does not expire.</summary>
    [Id(11)] public DateTimeOffset? Deadline { get; init; }
    /// <summary>Longest run of one attempt, instead of the task's own; 1 ms to 1 h.</summary>
    [Id(12)] public TimeSpan? Timeout { get; init; }
    /// <summary>When it has waited this long for a start, its priority becomes <see cref="EscalateTo"/>; more than zero.</summary>
    [Id(13)] public TimeSpan? EscalateAfter { get; init; }
    /// <summary>Above <see cref="Priority"/>; null: URGENT.</summary>
    [Id(14)] public JobPriority? EscalateTo { get; init; }
    /// <summary>Whose turn it is goes round between the keys of a queue, by weight; null is a key too.</summary>
    [Id(15)] public string? FairnessKey { get; init; }
    /// <summary>Jobs of the tenant with this key share one limit of how many run at once.</summary>
    [Id(16)] public string? ConcurrencyKey { get; init; }
    /// <summary>The key's limit, unless one is set for the key; at least 1, default 1. Only with a key.</summary>
    [Id(17)] public int? ConcurrencyLimit { get; init; }
    /// <summary>Jobs of the tenant with this key share one rate of starts.</summary>
    [Id(18)] public string? RateKey { get; init; }
    /// <summary>The key's rate, unless one is set for the key. Only with a key.</summary>
    [Id(19)] public RateLimit? RateLimit { get; init; }
    [Id(20)] public UniqueRule? Unique { get; init; }
    [Id(21)] public DebounceRule? Debounce { get; init; }
    /// <summary>Instead of the task's own policy.</summary>
    [Id(22)] public RetryPolicy? Retry { get; init; }
    /// <summary>How long the job is kept after its end, instead of what is set for the state; at most <see cref="Limits.DelayDays"/> days, zero: for ever.</summary>
    [Id(23)] public TimeSpan? Retention { get; init; }
    /// <summary>The job's id, chosen beforehand by a part of the server that must be able to ask again after a crash; an id that is taken means that the job is there.</summary>
    [Id(24)] public JobId? Id { get; init; }
    /// <summary>Who submitted it, for the job's history: <c>client</c>, <c>schedule:nightly</c>.</summary>
    [Id(25)] public string Actor { get; init; } = "client";
    /// <summary>
    /// A deadline this long after the submit was accepted, instead of <see cref="Deadline"/>; more than zero, at most <see cref="Limits.DelayDays"/> days. It stays a
    /// length of time until then, so that a submit that is repeated says the same as before.
    /// </summary>
    [Id(26)] public TimeSpan? ExpiresIn { get; init; }
    /// <summary>Whether its executions are recorded, instead of what the task says.</summary>
    [Id(27)] public RecordMode? Record { get; init; }
    /// <summary>It is run, whatever its task's cache has, and its result is kept for no other. Of no matter for tasks without a cache.</summary>
    [Id(28)] public bool NoCache { get; init; }
}

using Ratchet.Jobs;

namespace Ratchet.Schedules;

/// <summary>What became of one instant of a schedule.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.fire-view")]
public sealed record FireView
{
    [Id(0)] public required DateTimeOffset Instant { get; init; }
    [Id(1)] public required FireKind Kind { get; init; }
    [Id(2)] public required FireState State { get; init; }
    /// <summary>Why it was skipped or rejected.</summary>
    [Id(3)] public string? Reason { get; init; }
    /// <summary>The job's id, chosen before its submit; null when no job was meant.</summary>
    [Id(4)] public JobId? Job { get; init; }
    /// <summary>The instant with its jitter: the job does not start before.</summary>
    [Id(5)] public required DateTimeOffset RunAt { get; init; }
    [Id(6)] public required DateTimeOffset DecidedAt { get; init; }
    [Id(7)] public Guid? Backfill { get; init; }
    [Id(8)] public string? TriggerKey { get; init; }
}

/// <summary>What made the instant.</summary>
public enum FireKind
{
    /// <summary>The schedule's own timing.</summary>
    Scheduled = 0,

    /// <summary>Somebody asked for a run now.</summary>
    Trigger = 1,

    Backfill = 2,
}

/// <summary>Where an instant stands.</summary>
public enum FireState
{
    /// <summary>Written, its job's id is chosen; the job is being submitted. Only a crash leaves it so, until the schedule wakes.</summary>
    Pending = 0,

    /// <summary>Waits for the running job's end (QUEUE_ONE).</summary>
    Waiting = 1,

    /// <summary>Its job is in the store.</summary>
    Submitted = 2,

    /// <summary>No job, by the overlap or the misfire policy. A backfill may fire it.</summary>
    Skipped = 3,

    /// <summary>The submit was refused, by a disabled task for example. A backfill may fire it.</summary>
    Rejected = 4,
}

/// <summary>The names of <see cref="FireState"/> and <see cref="FireKind"/> as users, the API and the store spell them.</summary>
public static class FireNames
{
    private static readonly string[] States = ["PENDING", "WAITING", "SUBMITTED", "SKIPPED", "REJECTED"];
    private static readonly string[] Kinds = ["SCHEDULED", "TRIGGER", "BACKFILL"];

    public static string Name(this FireState state) => States[(int)state];

    public static string Name(this FireKind kind) => Kinds[(int)kind];

    /// <exception cref="FormatException">The name is none of the known states.</exception>
    public static FireState ParseState(string name) => (FireState)IndexOf(States, name);

    /// <exception cref="FormatException">The name is none of the known kinds.</exception>
    public static FireKind ParseKind(string name) => (FireKind)IndexOf(Kinds, name);

    private static int IndexOf(string[] names, string name) =>
        Array.IndexOf(names, name) is >= 0 and var at ? at : throw new FormatException($"'{name}' is none of {string.Join(", ", names)}.");
}

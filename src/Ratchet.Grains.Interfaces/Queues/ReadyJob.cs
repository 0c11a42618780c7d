using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Queues;

/// <summary>A QUEUED job with all that its dispatch needs.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.ready-job")]
public sealed record ReadyJob
{
    [Id(0)] public required JobId Id { get; init; }
    [Id(1)] public required TaskReference Task { get; init; }
    [Id(2)] public required JobPriority Priority { get; init; }
    /// <summary>Since when it may run; the order within a priority.</summary>
    [Id(3)] public required DateTimeOffset ReadyAt { get; init; }
    /// <summary>The row's fence; the next attempt carries it as its token.</summary>
    [Id(4)] public required long Fence { get; init; }
    [Id(5)] public required int Attempts { get; init; }
    [Id(6)] public required int MaxAttempts { get; init; }
    [Id(7)] public required int LostWorkers { get; init; }
    /// <summary>UTF-8 JSON; null when it is larger than <see cref="Limits.InlineInputBytes"/> and has to be read from the store.</summary>
    [Id(8)] public byte[]? Input { get; init; }
    [Id(9)] public string? TraceParent { get; init; }
    /// <summary>Somebody waits for this job's end: its JobGrain is to be told.</summary>
    [Id(10)] public bool Watched { get; init; }
    /// <summary>Text of its <see cref="LaneKey"/>.</summary>
    [Id(11)] public required string Lane { get; init; }
    /// <summary>Its order within the lane: <see cref="JobPriorities.Rank"/>.</summary>
    [Id(12)] public required DateTimeOffset Rank { get; init; }
    /// <summary>It must have started by then.</summary>
    [Id(13)] public DateTimeOffset? Deadline { get; init; }
    [Id(14)] public JobOptions? Options { get; init; }

    /// <summary>It has ended as many workers as are allowed, and is tried once more in a process of its own.</summary>
    public bool Alone => LostWorkers >= Limits.LostWorkers;
}

namespace Ratchet.Jobs;

/// <summary>One attempt at a job, written when it ended.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.execution-view")]
public sealed record ExecutionView
{
    [Id(0)] public required Guid Id { get; init; }
    [Id(1)] public required JobId Job { get; init; }
    /// <summary>Counts from 1; an attempt that was lost with its worker has the number that the next one has again.</summary>
    [Id(2)] public required int Attempt { get; init; }
    /// <summary>COMPLETED, FAILED (whether retried or not), LOST with its process or node, or CANCELLED: its job was cancelled while it ran.</summary>
    [Id(3)] public required string Outcome { get; init; }
    [Id(4)] public required DateTimeOffset StartedAt { get; init; }
    [Id(5)] public required DateTimeOffset FinishedAt { get; init; }
    [Id(6)] public string? Node { get; init; }
    [Id(7)] public byte[]? Output { get; init; }
    [Id(8)] public Failure? Failure { get; init; }
    [Id(9)] public IReadOnlyList<LogEntry> Log { get; init; } = [];
    /// <summary>Whether there is a recording of it.</summary>
    [Id(10)] public bool Recorded { get; init; }
    /// <summary>Of its job, as the two that follow; null where the execution is part of its job's view.</summary>
    [Id(11)] public string? Task { get; init; }
    [Id(12)] public string? TaskVersion { get; init; }
    [Id(13)] public string? Queue { get; init; }
}

using Ratchet.Jobs;

namespace Ratchet.Execution.Sandboxes;

/// <summary>How one execution ended. Exactly one of <see cref="Output"/> and <see cref="Failure"/> is set.</summary>
public sealed record RunOutcome
{
    /// <summary>UTF-8 JSON that matches the output schema.</summary>
    public byte[]? Output { get; init; }
    public Failure? Failure { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public IReadOnlyList<LogEntry> Log { get; init; } = [];
}

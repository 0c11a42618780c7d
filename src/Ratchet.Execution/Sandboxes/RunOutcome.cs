using Ratchet.Execution.Recordings;
using Ratchet.Jobs;

namespace Ratchet.Execution.Sandboxes;

/// <summary>How one execution ended. Exactly one of <see cref="Output"/> and <see cref="Failure"/> is set.</summary>
public sealed record RunOutcome
{
    /// <summary>UTF-8 JSON that matches the output schema.</summary>
    public byte[]? Output { get; init; }
    public Failure? Failure { get; init; }
    /// <summary>Whether it never began, for a reason of the node's and not of the task's: it says nothing about the task, and may be had from another node.</summary>
    public bool NeverBegan { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public IReadOnlyList<LogEntry> Log { get; init; } = [];
    /// <summary>What came in from outside; set when the request asks for it and this end is one that it asks for.</summary>
    public RecordedRun? Recorded { get; init; }
    /// <summary>UTF-8 JSON of the Profile type of the Chrome DevTools Protocol (a <c>.cpuprofile</c> file). Null when none was asked for, it is above 64 MiB, or the process was ended.</summary>
    public byte[]? Profile { get; init; }
    /// <summary>Where a replay left its recording; null when it did not.</summary>
    public ReplayDivergence? Divergence { get; init; }
    /// <summary>Whether a replay came, on the recording's way, to where the recorded run was stopped from outside.</summary>
    public bool RecordingEnded { get; init; }
}

using System.Text.Json;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Recordings;

/// <summary>One execution with all that came in from outside, so that it can be looked at and run again without the network.</summary>
public sealed record Recording
{
    public required TaskReference Task { get; init; }
    /// <summary>What <c>context.executionId</c> was.</summary>
    public required Guid Execution { get; init; }
    /// <summary>What <c>context.jobId</c> was; null outside of a job.</summary>
    public Guid? Job { get; init; }
    /// <summary>What <c>context.attempt</c> was; from 1.</summary>
    public required int Attempt { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required JsonElement Input { get; init; }
    public JsonElement? Output { get; init; }
    public Failure? Failure { get; init; }
    public IReadOnlyList<LogEntry> Log { get; init; } = [];
    /// <summary>In the order in which the script made them.</summary>
    public IReadOnlyList<RecordedExchange> Exchanges { get; init; } = [];
    /// <summary>What the script asked of its process; null when it is not known.</summary>
    public RunTrace? Trace { get; init; }
    /// <summary>Whether it was stopped from outside after its last call, rather than by its own code.</summary>
    public bool WasStopped => Failure is { Kind: FailureKind.Timeout or FailureKind.Cancelled or FailureKind.CpuLimit or FailureKind.OutOfMemory or FailureKind.WorkerLost };

    /// <summary>Whether all that came in is there.</summary>
    public bool Complete { get; init; } = true;
}

using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes;

/// <summary>One execution for the sandbox pool.</summary>
public sealed record RunRequest
{
    public required TaskPackage Package { get; init; }
    public required string Tenant { get; init; }
    /// <summary>Shown to the script as <c>context.executionId</c>.</summary>
    public required Guid Execution { get; init; }
    /// <summary>Shown to the script as <c>context.jobId</c>.</summary>
    public Guid? Job { get; init; }
    /// <summary>Number of the attempt, from 1; <c>context.attempt</c>.</summary>
    public int Attempt { get; init; } = 1;
    /// <summary>UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }
    /// <summary>Wall time that the script may take, counted from its own start, not from being handed over.</summary>
    public required TimeSpan Timeout { get; init; }
    /// <summary>Whether the input is to be held against the input schema first; the server has done so at submit.</summary>
    public bool ValidateInput { get; init; }
    /// <summary>In a process that runs nothing else: it has ended others.</summary>
    public bool Alone { get; init; }
    /// <summary>
    /// Called once, before the end, when the script has begun, on a thread of the pool; must not block. Null when nobody needs to know, which is cheaper.
    /// A run that tells of its start has one only: when its process ends under it, it is lost, and not run again within the pool.
    /// </summary>
    public Action? Started { get; init; }
    /// <summary>Who answers the script's fetch calls; null for the pool's own broker.</summary>
    public IFetchBroker? Fetch { get; init; }
    /// <summary>Whether <see cref="RunOutcome.Recorded"/> is wanted.</summary>
    public RecordMode Record { get; init; }
    /// <summary>Where what the run says can be read while it goes on; null: nobody will.</summary>
    public RunLog? Log { get; init; }
    /// <summary>Whether <see cref="RunOutcome.Profile"/> is wanted; makes the run slower.</summary>
    public bool Profile { get; init; }
    /// <summary>
    /// A recorded run's trace, to be followed: time, random numbers and the order of events are taken from it, and <see cref="RunOutcome.Divergence"/> says
    /// where this one left it. The answers to HTTP calls are for <see cref="Fetch"/> to give.
    /// </summary>
    public RunTrace? Replay { get; init; }
}

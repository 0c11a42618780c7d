using Ratchet.Jobs;

namespace Ratchet.Storage.Jobs;

/// <summary>
/// A change of state that is not an attempt's end: promote, cancel, expire, redrive. The row must be in one of the transition's origins, and at
/// <see cref="Fence"/> where one is given. The fence advances, so that a running attempt's late result is refused. A redrive gives the job its attempts back.
/// </summary>
public sealed record JobMove(JobId Job, JobTransition Transition, DateTimeOffset At, long? Fence = null)
{
    /// <summary>Who moves it, and why, for its event.</summary>
    public string Actor { get; init; } = "server";
    public string? Reason { get; init; }

    public JobState To => Transition.To[0];
}

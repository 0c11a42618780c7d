using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>Which events somebody wants. All that is given has to hold; what is null or empty does not narrow.</summary>
public sealed record EventFilter
{
    public static EventFilter Everything { get; } = new();

    public JobId? Job { get; init; }

    public IReadOnlyCollection<string> Tasks { get; init; } = [];

    public IReadOnlyCollection<string> Queues { get; init; } = [];

    public IReadOnlyCollection<string> Transitions { get; init; } = [];

    /// <summary>States that the job came to.</summary>
    public IReadOnlyCollection<JobState> To { get; init; } = [];

    public bool Matches(JobEvent happened) =>
        (Job is null || Job == happened.Job)
        && (To.Count == 0 || To.Contains(happened.To))
        && (Transitions.Count == 0 || Transitions.Contains(happened.Transition))
        && (Tasks.Count == 0 || (happened.Task is { } task && Tasks.Contains(task)))
        && (Queues.Count == 0 || (happened.Queue is { } queue && Queues.Contains(queue)));
}

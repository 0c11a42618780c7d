using Ratchet.Submissions;

namespace Ratchet.Storage.Jobs;

/// <summary>What is the same for debounced jobs on every database.</summary>
internal static class Debouncing
{
    /// <summary>
    /// A key belongs to its task: an input that was checked against one task's schema never reaches another task. Neither part has a line break.
    /// </summary>
    public static string KeyOf(NewJob job, DebounceRule rule) => $"{job.Task.Name}\n{rule.Key}";

    /// <summary>The job as it takes the place of the one that waits: due after its delay, but no later than the longest one allows.</summary>
    /// <param name="firstAt">When the first of the submits came.</param>
    public static NewJob InPlace(NewJob job, DebounceRule rule, DateTimeOffset firstAt)
    {
        if (job.DueAt is not { } due || firstAt + rule.MaxDelay is not { } latest || latest >= due) return job;
        return job with { DueAt = latest, EscalateAt = job.EscalateAt - (due - latest) };
    }
}

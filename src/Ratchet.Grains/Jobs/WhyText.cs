using System.Globalization;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Workers;

namespace Ratchet.Grains.Jobs;

/// <summary>A cause in a sentence, for people, with what can be done.</summary>
internal static class WhyText
{
    /// <summary>For jobs that are not QUEUED: the state says it.</summary>
    public static JobExplanation OfState(JobView job)
    {
        (WaitCause cause, string text) = job.State switch
        {
            JobState.Scheduled => (WaitCause.RunAt, $"Its run-at is {Instant(job.DueAt)}."),
            JobState.Retrying => (WaitCause.Backoff, $"Attempt {job.Attempts} of {job.MaxAttempts} failed ({job.Failure?.Name}: {Short(job.Failure?.Message)}); the next is at {Instant(job.DueAt)}. Retry it to go at once."),
            JobState.Processing => (WaitCause.Running, $"It has been running on worker {Worker(job)} since {Instant(job.StartedAt)}."),
            _ => (WaitCause.Ended, $"It ended {job.State.Name()} at {Instant(job.FinishedAt)}{(job.Failure is { } failure && job.State != JobState.Completed ? $" ({failure.Name}: {Short(failure.Message)})" : "")}."),
        };
        return new JobExplanation { Job = job, Cause = cause, Text = text, Subject = job.State == JobState.Processing ? Worker(job) : null, Until = job.DueAt, Estimate = job.DueAt };
    }

    public static string OfQueued(JobView job, QueueExplanation found, long ahead, long byPriority, IReadOnlyList<JobId> holders)
    {
        string subject = SubjectOf(found) ?? "";
        return found.Cause switch
        {
            WaitCause.Running => $"It has just gone to worker {NodeIncarnation.NameOf(subject)}.",
            WaitCause.QueuePaused => $"Its queue '{job.Queue}' is paused; resume the queue.",
            WaitCause.TaskPaused => $"Its task '{subject}' is paused; resume the task.",
            WaitCause.CircuitOpen when found.Until is { } until => $"The circuit breaker of its task '{subject}' is open after too many failures; at {Instant(until)} one job may try.",
            WaitCause.CircuitOpen => $"The circuit breaker of its task '{subject}' is half open: one job tries, and this one is not it.",
            WaitCause.KeyLimit => $"Its concurrency key '{subject}' is at its limit, held by {Count(holders.Count, "job")}{Before(ahead)}.",
            WaitCause.CachedResult when holders.Count > 0 => $"It waits for the result of job {holders[0]}, an equal one that runs, and is given it; when that job fails, the next of them runs.",
            WaitCause.CachedResult => "An equal job has just ended; it is looked for its result.",
            WaitCause.TaskLimit => $"Its task '{subject}' is at its limit, held by {Count(holders.Count, "job")}{Before(ahead)}.",
            WaitCause.QueueLimit => $"Its queue '{subject}' is at its limit with {Count(found.InFlight, "job")} running.",
            WaitCause.RateLimit => $"The rate of {Rate(found.Key!)} is used up until {Instant(found.Until)}{Before(ahead)}.",
            WaitCause.NoNode => "No worker node takes jobs: none is in the cluster, or all of them drain or cannot start sandboxes (/readyz?verbose says which).",
            WaitCause.NoRoom => $"Worker nodes have no room: {Count(found.InFlight, "job")} of its queue {(found.InFlight == 1 ? "runs" : "run")}.",
            WaitCause.Behind when byPriority > 0 => $"{Count(ahead, "job")} go before it, {byPriority} of them of higher priority.",
            WaitCause.Behind when ahead > 0 => $"{Count(ahead, "job")} of its kind {(ahead == 1 ? "goes" : "go")} before it.",
            WaitCause.Behind => "Jobs of other tasks or keys in its queue take their turns before it.",
            WaitCause.Starting => "Its queue is just starting, or waits for the database.",
            _ => "Nothing is in its way: it goes out with the next hand-out.",
        };
    }

    /// <summary>The key without the kind of limit that it is one of.</summary>
    public static string? SubjectOf(QueueExplanation found) => found.Cause switch
    {
        WaitCause.KeyLimit => found.Key![LimitKeys.Concurrency("").Length..],
        WaitCause.TaskLimit => found.Key![LimitKeys.Task("").Length..],
        WaitCause.CachedResult => found.Key![LimitKeys.Result("").Length..],
        _ => found.Key,
    };

    private static string Before(long ahead) => ahead == 0 ? "" : $"; {Count(ahead, "job")} of its kind {(ahead == 1 ? "goes" : "go")} before it";

    private static string? Worker(JobView job) => job.Node is { } node ? NodeIncarnation.NameOf(node) : null;

    private static string Rate(string key)
    {
        foreach ((string prefix, string kind) in new[] { (LimitKeys.TaskRate(""), "its task"), (LimitKeys.QueueRate(""), "its queue"), (LimitKeys.Rate(""), "its key") })
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal)) return $"{kind} '{key[prefix.Length..]}'";
        }

        return key;
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";

    private static string Short(string? text) => text is null ? "" : text.Length <= 200 ? text : text[..200] + "…";
}

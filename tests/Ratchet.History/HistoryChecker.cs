using Ratchet.Jobs;

namespace Ratchet.History;

/// <summary>
/// Holds what the store says after a test against the seven promises of docs/guides/guarantees.md. Knows nothing of how the test went, so that
/// every test that hurts the system can use it.
/// </summary>
public static class HistoryChecker
{
    public static IReadOnlyList<Violation> Check(IReadOnlyCollection<JobHistory> histories, Expectations expected) =>
    [
        .. Durable(histories, expected),
        .. histories.SelectMany(h => OneEnd(h, expected.AtRest)),
        .. histories.SelectMany(Legal),
        .. histories.SelectMany(OneResult),
        .. histories.SelectMany(NoOverlap),
        .. OneFireAnInstant(expected),
        .. LimitChecks.Concurrency(histories, expected.Concurrency),
        .. LimitChecks.Rates(histories, expected.Rates),
        .. OneJobAKey(expected),
    ];

    private static IEnumerable<Violation> Durable(IReadOnlyCollection<JobHistory> histories, Expectations expected)
    {
        HashSet<JobId> there = [.. histories.Select(h => h.Job.Id)];
        return expected.Acknowledged.Where(id => !there.Contains(id)).Select(id => new Violation(1, id, "was acknowledged and is not in the store"));
    }

    private static IEnumerable<Violation> OneEnd(JobHistory history, bool atRest)
    {
        JobView job = history.Job;
        if (atRest && !job.State.IsTerminal()) yield return new Violation(2, job.Id, $"is {job.State.Name()} although everything is at rest");
        if (job.State is JobState.Completed or JobState.Failed or JobState.Quarantined && history.Executions.Count == 0)
            yield return new Violation(2, job.Id, $"is {job.State.Name()} without an attempt");
        if (history.Events.Count == 0) yield return new Violation(2, job.Id, "has no event");
        else if (history.Events[^1].To != job.State) yield return new Violation(2, job.Id, $"is {job.State.Name()}, and its last event says {history.Events[^1].To.Name()}");
    }

    /// <summary>Each event begins where the one before ended, and is a transition of the table.</summary>
    private static IEnumerable<Violation> Legal(JobHistory history)
    {
        JobState? state = null;
        foreach (JobEvent step in history.Events)
        {
            if (step.From != state)
                yield return new Violation(2, history.Job.Id, $"'{step.Transition}' left {step.From?.Name() ?? "nothing"}, and the job was {state?.Name() ?? "not there"}");
            JobTransition? transition = JobTransition.All.FirstOrDefault(t => t.Name == step.Transition);
            bool legal = transition is null ? step.From == step.To : transition.To.Contains(step.To) && (step.From is { } from ? transition.Allows(from) : transition.From.Count == 0);
            if (!legal) yield return new Violation(2, history.Job.Id, $"'{step.Transition}' does not lead from {step.From?.Name() ?? "nothing"} to {step.To.Name()}");
            state = step.To;
        }
    }

    private static IEnumerable<Violation> OneResult(JobHistory history)
    {
        int completions = history.Events.Count(e => e.Transition == JobTransition.Complete.Name);
        if (completions > 1) yield return new Violation(3, history.Job.Id, $"completed {completions} times");
        if (history.Executions.Count(e => e.Outcome == "COMPLETED") != completions)
            yield return new Violation(3, history.Job.Id, "its completed attempts and its events do not agree");
        foreach (Violation twice in OneResultAnAttempt(history)) yield return twice;
        if (history.Executions.Select(e => e.Id).Distinct().Count() != history.Executions.Count)
            yield return new Violation(3, history.Job.Id, "an attempt was recorded twice");
    }

    /// <summary>Attempts are numbered anew by a redrive alone; a lost one has the number that the next one has again.</summary>
    private static IEnumerable<Violation> OneResultAnAttempt(JobHistory history)
    {
        int last = 0;
        foreach (JobEvent step in history.Events)
        {
            if (step.Transition == JobTransition.Redrive.Name) last = 0;
            if (step.Transition != JobTransition.Complete.Name && step.Transition != JobTransition.Retry.Name && step.Transition != JobTransition.Fail.Name) continue;
            if (step.Attempt <= last) yield return new Violation(3, history.Job.Id, $"attempt {step.Attempt} had its result after attempt {last} had one");
            last = step.Attempt;
        }
    }

    /// <summary>Attempts follow one another; one whose node was lost may have gone on unseen.</summary>
    private static IEnumerable<Violation> NoOverlap(JobHistory history)
    {
        ExecutionView? before = null;
        foreach (ExecutionView attempt in history.Executions.Where(e => e.Outcome != "LOST").OrderBy(e => e.StartedAt))
        {
            if (before is not null && attempt.StartedAt < before.FinishedAt)
                yield return new Violation(4, history.Job.Id, $"attempt {attempt.Attempt} started at {attempt.StartedAt:O}, before attempt {before.Attempt} ended at {before.FinishedAt:O}");
            before = attempt;
        }
    }

    private static IEnumerable<Violation> OneFireAnInstant(Expectations expected) => expected.Fires
        .GroupBy(f => (f.Schedule, f.Instant))
        .Where(g => g.Select(f => f.Job).Distinct().Count() > 1)
        .Select(g => new Violation(5, g.First().Job, $"schedule '{g.Key.Schedule}' fired {g.Count()} times for {g.Key.Instant:O}"));

    private static IEnumerable<Violation> OneJobAKey(Expectations expected) => expected.Keys
        .GroupBy(k => k.Key)
        .Where(g => g.Select(k => k.Job).Distinct().Count() > 1)
        .Select(g => new Violation(7, g.First().Job, $"idempotency key '{g.Key}' led to {g.Select(k => k.Job).Distinct().Count()} jobs"));
}

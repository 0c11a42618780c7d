namespace Ratchet.Jobs;

/// <summary>
/// One row of the closed transition table: a verb of the job's lifecycle, the states it may leave and the states it may enter.
/// The table drives the stores' WHERE clauses, the CHECK in SQL, <c>docs/state-machine.md</c> and the property test.
/// </summary>
/// <param name="Name">The verb, as events and logs spell it.</param>
/// <param name="From">States it may leave; empty for a job's first transition.</param>
/// <param name="To">States it may enter.</param>
/// <param name="Reason">Why a job goes this way, for people.</param>
public sealed record JobTransition(string Name, IReadOnlyList<JobState> From, IReadOnlyList<JobState> To, string Reason)
{
    public static readonly JobTransition Enqueue = new("enqueue", [], [JobState.Queued], "A client submitted it to run as soon as it may.");
    public static readonly JobTransition Schedule = new("schedule", [], [JobState.Scheduled], "A client submitted it with a run-at in the future.");
    public static readonly JobTransition Promote = new("promote", [JobState.Scheduled, JobState.Retrying], [JobState.Queued], "Its run-at or its backoff is over.");
    public static readonly JobTransition Start = new("start", [JobState.Queued], [JobState.Processing], "A worker node took it.");

    // An attempt may end before its start was written (the journal writes starts behind), hence Queued among the origins below.
    public static readonly JobTransition Complete = new("complete", [JobState.Queued, JobState.Processing], [JobState.Completed], "An attempt returned a valid output.");
    public static readonly JobTransition Reuse = new("reuse", [JobState.Queued, JobState.Processing], [JobState.Completed], "The result of an equal job was in the task's cache.");
    public static readonly JobTransition Retry = new("retry", [JobState.Queued, JobState.Processing], [JobState.Retrying], "An attempt failed in a way that is retried, and attempts are left.");
    public static readonly JobTransition Fail = new("fail", [JobState.Queued, JobState.Processing], [JobState.Failed], "An attempt failed and no further one is allowed.");
    public static readonly JobTransition Release = new("release", [JobState.Queued, JobState.Processing], [JobState.Queued], "Its worker was lost or handed it back; no attempt is used up.");
    public static readonly JobTransition Quarantine = new("quarantine", [JobState.Queued, JobState.Processing], [JobState.Quarantined], "It ended too many worker processes.");
    public static readonly JobTransition Cancel = new("cancel", [JobState.Scheduled, JobState.Queued, JobState.Processing, JobState.Retrying], [JobState.Cancelled], "Somebody cancelled it.");
    public static readonly JobTransition Expire = new("expire", [JobState.Scheduled, JobState.Queued], [JobState.Expired], "Its deadline passed before an attempt started.");
    public static readonly JobTransition Redrive = new("redrive", [JobState.Failed, JobState.Cancelled, JobState.Expired, JobState.Quarantined], [JobState.Queued], "Somebody sent it back to its queue.");

    /// <summary>Every transition there is; nothing else moves a job.</summary>
    public static IReadOnlyList<JobTransition> All { get; } =
        [Enqueue, Schedule, Promote, Start, Complete, Reuse, Retry, Fail, Release, Quarantine, Cancel, Expire, Redrive];

    public bool Allows(JobState from) => From.Contains(from);

    /// <exception cref="IllegalTransitionException"><paramref name="from"/> is not among <see cref="From"/>.</exception>
    public void Require(JobId job, JobState from)
    {
        if (!Allows(from)) throw new IllegalTransitionException(job, from, Name);
    }

    public override string ToString() => Name;
}

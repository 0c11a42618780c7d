using Orleans.Runtime;
using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Schedules;

/// <summary>
/// Firing, in two steps that may have a crash between them: the fire's row with the job's id, then the submit under that id. Whoever finds a row without its
/// job submits it again; the id makes it one job.
/// </summary>
public sealed partial class ScheduleGrain
{
    /// <summary>There may be fires without their job, or that wait.</summary>
    private bool mayBeOpen = true;

    /// <summary>A submit could not be done; it is tried again.</summary>
    private bool openLeft;

    private async Task DecideDueAsync()
    {
        DateTimeOffset now = Now();
        if (schedule is not { NextInstant: { } next } || next > now) return;
        ScheduleDefinition definition = schedule.Definition;
        DuePlan plan = DuePlan.For(times, definition, schedule.DecidedUntil, now);
        IReadOnlyList<JobId> running = plan.Fire.Count == 0 || definition.Overlap == OverlapPolicy.Allow ? [] : await store.Schedules.Fires.ReadRunningAsync(key, CancellationToken.None);
        // A job that could not be submitted yet counts as one that runs.
        List<FireView> fires = [.. OverlapPlan.For(definition.Overlap, running.Count > 0 || openLeft, plan.Fire).Select(p => FireOf(p.Instant, p.State, p.Reason, now))];
        if (plan.Missed is { } missed) fires.Insert(0, FireOf(missed, FireState.Skipped, MissedReason(plan), now));

        IReadOnlyList<bool> added = await store.Schedules.Fires.AddAsync(key, schedule.Revision, fires, CancellationToken.None);
        await ActAsync([.. fires.Where((_, i) => added[i])], running);
        await AdvanceAsync(plan);
    }

    /// <summary>Does what was written; it is done again, after a crash, from the rows.</summary>
    private async Task ActAsync(IReadOnlyList<FireView> fires, IReadOnlyList<JobId> running)
    {
        foreach (FireView skipped in fires.Where(f => f.State == FireState.Skipped))
        {
            ScheduleLog.Skipped(logger, key.ToString(), skipped.Instant, skipped.Reason!);
            metrics.Decided(skipped.Kind, FireState.Skipped);
        }

        if (fires.LastOrDefault(f => f.State == FireState.Waiting) is { } waiting) await WaitAsync(waiting, running);
        await SubmitAsync([.. fires.Where(f => f.State == FireState.Pending)], running);
    }

    private async Task AdvanceAsync(DuePlan plan)
    {
        ScheduleRecord known = schedule!;
        DateTimeOffset? last = plan.Fire.Count > 0 ? plan.Fire[^1] : plan.Missed;
        bool advanced = await store.Schedules.AdvanceAsync(key, known.Revision, plan.DecidedUntil, plan.Next, last, CancellationToken.None);
        // Somebody has changed the schedule, or is further: what is known here is old.
        if (!advanced) stale = true;
        else schedule = known with { DecidedUntil = plan.DecidedUntil, NextInstant = plan.Next, LastInstant = last ?? known.LastInstant };
    }

    /// <summary>Submits fires that are PENDING. A refusal is written; where the outcome is unknown the fire stays PENDING, and is submitted again.</summary>
    /// <param name="running">What CANCEL_RUNNING cancels before.</param>
    /// <returns>The refusals, by instant.</returns>
    private async Task<IReadOnlyDictionary<DateTimeOffset, Rejection>> SubmitAsync(FireView[] fires, IReadOnlyList<JobId> running)
    {
        var refusals = new Dictionary<DateTimeOffset, Rejection>();
        if (fires.Length == 0) return refusals;
        // Until all are marked, what is left is found in the rows.
        bool openBefore = mayBeOpen;
        openLeft = mayBeOpen = true;
        string? left = null;
        if (schedule!.Definition.Overlap == OverlapPolicy.CancelRunning && fires.Any(f => f.Kind == FireKind.Scheduled)) await CancelAsync(running);
        foreach (FireView[] batch in fires.Chunk(Limits.SubmitBatch))
        {
            DateTimeOffset now = Now();
            SubmitReply reply = await GrainFactory.GetGrain<ISubmissionGrain>(0).SubmitAsync(key.Tenant, [.. batch.Select(f => SubmissionOf(f, now))]);
            var marks = new List<FireMark>(batch.Length);
            for (int i = 0; i < batch.Length; i++)
            {
                if (reply.Results[i].Rejection is not { } rejection) marks.Add(new FireMark(batch[i].Instant, FireState.Pending, FireState.Submitted));
                else if (rejection.Code == RejectionCode.Unavailable) left = rejection.Message;
                else marks.Add(Refused(batch[i], rejection, refusals));
            }

            await store.Schedules.Fires.MarkAsync(key, marks, CancellationToken.None);
            Note(batch, marks);
        }

        openLeft = left is not null;
        mayBeOpen = openBefore || openLeft;
        if (left is not null) ScheduleLog.TriesAgain(logger, key.ToString(), left);
        return refusals;
    }

    private FireMark Refused(FireView fire, Rejection rejection, Dictionary<DateTimeOffset, Rejection> refusals)
    {
        refusals[fire.Instant] = rejection;
        ScheduleLog.Rejected(logger, key.ToString(), fire.Instant, rejection.Message);
        return new FireMark(fire.Instant, FireState.Pending, FireState.Rejected, rejection.Message);
    }

    private void Note(FireView[] batch, List<FireMark> marks)
    {
        DateTimeOffset now = time.GetUtcNow();
        var byInstant = batch.ToDictionary(f => f.Instant);
        foreach (FireMark mark in marks)
        {
            FireView fire = byInstant[mark.Instant];
            metrics.Decided(fire.Kind, mark.To);
            if (mark.To != FireState.Submitted) continue;
            if (fire.Kind == FireKind.Scheduled) metrics.Late(now - fire.Instant);
            ScheduleLog.Fired(logger, key.ToString(), fire.Instant, fire.Job.ToString()!);
        }
    }

    private async Task CancelAsync(IReadOnlyList<JobId> running)
    {
        foreach (JobId job in running)
        {
            try
            {
                await GrainFactory.GetGrain<IJobGrain>(job.Value).CancelAsync(key.Tenant, Actor, OverlapPlan.Newer);
            }
            catch (IllegalTransitionException)
            {
                // It came to its end meanwhile, which is as good.
            }
        }
    }

    private string Actor => $"schedule:{key.Id}";

    private Submission SubmissionOf(FireView fire, DateTimeOffset now)
    {
        Submission template = schedule!.Definition.Job;
        return template with
        {
            Id = fire.Job,
            Actor = Actor,
            RunAt = fire.RunAt > now ? fire.RunAt : null,
            Priority = fire.Kind == FireKind.Backfill ? JobPriority.Low : template.Priority,
        };
    }

    private FireView FireOf(DateTimeOffset instant, FireState state, string? reason, DateTimeOffset now) => new()
    {
        Instant = instant,
        Kind = FireKind.Scheduled,
        State = state,
        Reason = reason,
        Job = state == FireState.Skipped ? null : JobId.New(time),
        RunAt = instant + Jitter.Of(key, instant, schedule!.Definition.Jitter),
        DecidedAt = now,
    };

    private string MissedReason(DuePlan plan) =>
        $"seen more than {schedule!.Definition.MisfireThreshold.TotalSeconds:0.###} s late, with {(plan.MissedCount > DuePlan.MostCounted - 1 ? $"{DuePlan.MostCounted} or more" : plan.MissedCount)} instants in all";

    /// <summary>To microseconds, as both stores keep them.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

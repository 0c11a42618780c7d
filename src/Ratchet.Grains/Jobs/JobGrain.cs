using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Ratchet.Execution.Packages;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Jobs;

/// <summary>See <see cref="IJobGrain"/>. Holds no state that the row has not: it may vanish, or be there twice, at any time.</summary>
public sealed partial class JobGrain(IStore store, IJournal journal, TaskPackageCache packages, LogMetrics logs, TimeProvider time, ILogger<JobGrain> logger)
    : Grain, IJobGrain, IRemindable
{
    /// <summary>A reminder has no argument but its name: the tenant is part of it.</summary>
    private const string BackoffReminder = "backoff/";

    /// <summary>Shorter waits are the due index's alone: a reminder costs a row of its own and cannot be set finer than a minute.</summary>
    private static readonly TimeSpan ShortestReminder = TimeSpan.FromMinutes(1);

    private JobId Id => new(this.GetPrimaryKey());

    public async Task<AttemptVerdict> AttemptFailedAsync(FailedAttempt attempt)
    {
        TaskPackage? package = await packages.GetAsync(attempt.Queue.Tenant, attempt.Job.Task.Digest, CancellationToken.None);
        RetryPolicy policy = attempt.Job.Options?.Retry ?? package?.Retry ?? new RetryPolicy();
        RetryDecision decision = RetryDecision.For(attempt.Job, attempt.Failure, policy, await ElapsedAsync(attempt, policy), NextJitter);
        DateTimeOffset? dueAt = decision.Delay is { } delay ? time.GetUtcNow() + delay : null;
        if (decision.Transition == JobTransition.Quarantine) attempt = await WithEvidenceAsync(attempt);
        AttemptEnd end = EndOf(attempt, decision, dueAt);
        bool accepted = (await journal.EndAsync([end], CancellationToken.None))[0];
        if (!accepted) return new AttemptVerdict(false, default, null, null);

        JobLog.AttemptFailed(logger, Id.ToString(), end.Attempt, attempt.Failure.Kind, attempt.Failure.Name, decision.Transition.Name);
        if (decision.Delay >= ShortestReminder)
        {
            await this.RegisterOrUpdateReminder(BackoffReminder + attempt.Queue.Tenant, decision.Delay.Value, ReminderPeriod);
        }

        ReadyJob? requeue = decision.Transition == JobTransition.Release ? Requeued(attempt.Job, decision) : null;
        return new AttemptVerdict(true, end.To, dueAt, requeue);
    }

    /// <summary>The job's own wait is over, on the minute or so; the due index may have been first, which the row decides.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        JobView? job = await store.Jobs.GetAsync(TenantOf(reminderName), Id, CancellationToken.None);
        if (job is { State: JobState.Retrying, DueAt: { } due } && due > time.GetUtcNow()) return;
        if (job is { State: JobState.Retrying })
        {
            await journal.MoveAsync([new JobMove(Id, JobTransition.Promote, time.GetUtcNow())], CancellationToken.None);
            if (await store.Jobs.ReadReadyAsync(job.Tenant, Id, CancellationToken.None) is { } ready)
            {
                await GrainFactory.GetGrain<IQueueGrain>(new QueueKey(job.Tenant, job.Queue).GrainKey).OfferAsync([ready]);
            }
        }

        if (await this.GetReminder(reminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    /// <summary>Since the first attempt's start; only asked for where the policy has a bound.</summary>
    private async Task<TimeSpan> ElapsedAsync(FailedAttempt attempt, RetryPolicy policy)
    {
        if (policy.MaxElapsed is null) return TimeSpan.Zero;
        IReadOnlyList<ExecutionView> before = await store.Jobs.GetExecutionsAsync(attempt.Queue.Tenant, Id, CancellationToken.None);
        return time.GetUtcNow() - before.Select(e => e.StartedAt).Append(attempt.StartedAt).Min();
    }

    /// <summary>How each of the workers was lost, in the failure that the job ends with.</summary>
    private async Task<FailedAttempt> WithEvidenceAsync(FailedAttempt attempt)
    {
        IReadOnlyList<ExecutionView> before = await store.Jobs.GetExecutionsAsync(attempt.Queue.Tenant, Id, CancellationToken.None);
        IEnumerable<(string? Node, DateTimeOffset At, string Message)> lost = before
            .Where(e => e.Failure?.Kind == FailureKind.WorkerLost)
            .Select(e => (e.Node, e.FinishedAt, e.Failure!.Message))
            .Append((attempt.Node, attempt.FinishedAt, attempt.Failure.Message));
        return attempt with { Failure = Quarantine.Evidence([.. lost]) };
    }

    /// <summary>Reminders of before there was a tenant in their name are the only tenant's.</summary>
    private static string TenantOf(string reminder) =>
        reminder.StartsWith(BackoffReminder, StringComparison.Ordinal) ? reminder[BackoffReminder.Length..] : QueueKey.DefaultTenant;

    private static TimeSpan ReminderPeriod => TimeSpan.FromMinutes(10);

#pragma warning disable CA5394 // Jitter spreads load; it guards nothing.
    private static double NextJitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    private static ReadyJob Requeued(ReadyJob job, RetryDecision decision) =>
        job with { Fence = job.Fence + 1, Attempts = decision.AttemptsUsed, LostWorkers = decision.LostWorkers, Deadline = null };

    private static AttemptEnd EndOf(FailedAttempt attempt, RetryDecision decision, DateTimeOffset? dueAt) => new()
    {
        Job = attempt.Job.Id,
        Fence = attempt.Job.Fence,
        Transition = decision.Transition,
        Execution = attempt.Execution,
        Attempt = attempt.Job.Attempts + 1,
        AttemptsUsed = decision.AttemptsUsed,
        LostWorkers = decision.LostWorkers,
        Node = attempt.Node,
        StartedAt = attempt.StartedAt,
        FinishedAt = attempt.FinishedAt,
        Failure = attempt.Failure,
        DueAt = dueAt,
        Log = attempt.Log,
    };
}

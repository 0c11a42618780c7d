using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Jobs;

/// <summary>
/// Cancelling. A job that waits is moved in its row. One that runs ends with its attempt, in one write: whoever sees it CANCELLED sees the attempt, too. Where the attempt's end does
/// not come, because its node is lost or the store slow, the row is moved all the same, and the attempt is recorded when it has ended.
/// </summary>
public sealed partial class JobGrain
{
    /// <summary>For the interrupt, the kill after <c>Sandbox:Grace</c> (0.5 s) and the write.</summary>
    private static readonly TimeSpan PatienceWithRun = TimeSpan.FromSeconds(3);

    /// <summary>How often the row is looked at meanwhile, without a notice of the end.</summary>
    private static readonly TimeSpan LookAtRun = TimeSpan.FromMilliseconds(250);

    public async Task<JobCancelled?> CancelAsync(string tenant, string actor, string? reason)
    {
        bool asked = false;
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (await store.Jobs.GetAsync(tenant, Id, CancellationToken.None) is not { } job) return null;
            // Asked again, after an answer that did not arrive.
            if (job.State == JobState.Cancelled) return new JobCancelled(job, JobState.Cancelled, null);
            JobTransition.Cancel.Require(Id, job.State);
            if (!asked && job.State is JobState.Queued or JobState.Processing)
            {
                asked = true;
                if (await CancelRunAsync(job, actor, reason) is { } done) return done;
                continue;
            }

            var move = new JobMove(Id, JobTransition.Cancel, time.GetUtcNow()) { Actor = actor, Reason = reason };
            if (!(await journal.MoveAsync([move], CancellationToken.None))[0]) continue;
            string? interrupted = await QueueOf(job).WithdrawAsync(Id);
            await EndedAsync();
            JobLog.Cancelled(logger, Id.ToString(), job.State.Name(), actor, reason);
            JobView now = await store.Jobs.GetAsync(tenant, Id, CancellationToken.None) ?? job;
            return new JobCancelled(now, interrupted is null ? job.State : JobState.Processing, interrupted);
        }

        throw Restless();
    }

    /// <returns>Null when no node has the job, or its attempt did not end in time, or not by this.</returns>
    private async Task<JobCancelled?> CancelRunAsync(JobView job, string actor, string? reason)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.Add(end);
        try
        {
            DateTimeOffset until = time.GetUtcNow() + PatienceWithRun;
            if (await QueueOf(job).CancelRunAsync(Id, actor, reason).WaitAsync(PatienceWithRun, time) is not { } node) return null;
            JobView? now = job;
            while (now is { State: JobState.Queued or JobState.Processing } && time.GetUtcNow() < until)
            {
                await PauseAsync(end.Task, LookAtRun, CancellationToken.None);
                now = await store.Jobs.GetAsync(job.Tenant, Id, CancellationToken.None);
            }

            if (now is not { State: JobState.Cancelled }) return null;
            JobLog.Cancelled(logger, Id.ToString(), JobState.Processing.Name(), actor, reason);
            return new JobCancelled(now, JobState.Processing, node);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Whether the node was reached is not known; its attempt's end is refused once the row has moved.
            return null;
        }
        finally
        {
            waiters.Remove(end);
        }
    }
}

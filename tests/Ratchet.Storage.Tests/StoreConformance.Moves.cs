using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task A_start_marks_the_job_and_leaves_its_fence()
    {
        NewJob job = await QueuedAsync();
        Assert.Equal([true], await StartAsync(Make.Start(job)));
        Assert.Equal((JobState.Processing, "node-1", Make.Noon.AddSeconds(1)), await StateAsync(job));
        Assert.Equal([true], await EndAsync(Make.Complete(job, fence: 0)));
    }

    [Fact]
    public async Task A_start_after_the_end_changes_nothing()
    {
        NewJob job = await QueuedAsync();
        await EndAsync(Make.Complete(job));
        Assert.Equal([false], await StartAsync(Make.Start(job)));
        Assert.Equal(JobState.Completed, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task A_start_of_an_earlier_attempt_changes_nothing()
    {
        NewJob job = await QueuedAsync();
        await EndAsync(Make.End(job, JobTransition.Release));
        Assert.Equal([false], await StartAsync(Make.Start(job, fence: 0)));
        Assert.Equal(JobState.Queued, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task A_cancelled_attempts_late_result_is_refused()
    {
        NewJob job = await QueuedAsync();
        await StartAsync(Make.Start(job));
        Assert.Equal([true], await MoveAsync(Make.Move(job, JobTransition.Cancel)));
        Assert.Equal([false], await EndAsync(Make.Complete(job)));
        JobView view = await GetAsync(job);
        Assert.Equal((JobState.Cancelled, Make.Noon.AddMinutes(1), null), (view.State, view.FinishedAt, view.Output));
    }

    [Fact]
    public async Task A_move_may_ask_for_a_fence()
    {
        NewJob job = await QueuedAsync();
        Assert.Equal([false], await MoveAsync(Make.Move(job, JobTransition.Cancel, fence: 3)));
        Assert.Equal([true], await MoveAsync(Make.Move(job, JobTransition.Cancel, fence: 0)));
    }

    [Fact]
    public async Task A_redrive_gives_the_job_its_attempts_back()
    {
        NewJob job = await QueuedAsync();
        await EndAsync(Make.End(job, JobTransition.Fail) with { AttemptsUsed = 3, LostWorkers = 2 });
        Assert.Equal([true], await MoveAsync(Make.Move(job, JobTransition.Redrive)));
        ReadyJob ready = Assert.Single(await ReadyAsync(10));
        Assert.Equal((job.Id, 0, 0, 2L, Make.Noon.AddMinutes(1)), (ready.Id, ready.Attempts, ready.LostWorkers, ready.Fence, ready.ReadyAt));
        JobView view = await GetAsync(job);
        Assert.Equal((null, null, "NetworkError"), (view.FinishedAt, view.Node, view.Failure?.Name));
    }

    [Fact]
    public async Task Every_transition_leaves_its_origins_and_no_other_state()
    {
        foreach (JobTransition transition in JobTransition.All.Where(t => t.From.Count > 0))
        {
            foreach (JobState from in JobStates.All)
            {
                NewJob job = await InStateAsync(from);
                bool changed = await ApplyAsync(job, transition, await FenceAsync(job));
                Assert.True(changed == transition.Allows(from), $"{transition} from {from.Name()}: expected {transition.Allows(from)}, was {changed}");
                Assert.Equal(changed ? transition.To[0] : from, (await GetAsync(job)).State);
            }
        }
    }

    private async Task<(JobState State, string? Node, DateTimeOffset? StartedAt)> StateAsync(NewJob job)
    {
        JobView view = await GetAsync(job);
        return (view.State, view.Node, view.StartedAt);
    }

    private async Task<long> FenceAsync(NewJob job)
    {
        string id = this is PostgresStoreTests ? $"'{job.Id}'" : $"x'{job.Id.Value.ToString("N")}'";
        return Convert.ToInt64(await Database.ScalarAsync($"SELECT fence FROM jobs WHERE id = {id}"), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<bool> ApplyAsync(NewJob job, JobTransition transition, long fence)
    {
        if (transition == JobTransition.Start) return (await StartAsync(Make.Start(job, fence)))[0];
        if (transition == JobTransition.Complete) return (await EndAsync(Make.Complete(job, fence)))[0];
        if (transition == JobTransition.Reuse) return await ReuseAnyAsync(job, fence);
        if (transition == JobTransition.Retry) return (await EndAsync(Make.Retry(job, Make.Noon, fence)))[0];
        return transition == JobTransition.Fail || transition == JobTransition.Release || transition == JobTransition.Quarantine
            ? (await EndAsync(Make.End(job, transition, fence)))[0]
            : (await MoveAsync(Make.Move(job, transition, fence)))[0];
    }

    private async Task<NewJob> InStateAsync(JobState state)
    {
        NewJob job = Make.Job(queue) with { DueAt = state == JobState.Scheduled ? Make.Noon.AddHours(1) : null };
        await InsertAsync(job);
        bool reached = state switch
        {
            JobState.Scheduled or JobState.Queued => true,
            JobState.Processing => await ApplyAsync(job, JobTransition.Start, 0),
            JobState.Retrying => await ApplyAsync(job, JobTransition.Retry, 0),
            JobState.Completed => await ApplyAsync(job, JobTransition.Complete, 0),
            JobState.Failed => await ApplyAsync(job, JobTransition.Fail, 0),
            JobState.Cancelled => await ApplyAsync(job, JobTransition.Cancel, 0),
            JobState.Expired => await ApplyAsync(job, JobTransition.Expire, 0),
            JobState.Quarantined => await ApplyAsync(job, JobTransition.Quarantine, 0),
            _ => false,
        };
        Assert.True(reached, $"could not bring a job to {state.Name()}");
        return job;
    }
}

using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task Lanes_are_told_apart_by_task_and_keys()
    {
        NewJob plain = Make.Job(queue);
        NewJob a = Make.Job(queue) with { FairnessKey = "a" };
        NewJob held = Make.Job(queue) with { ConcurrencyKey = "k", RateKey = "r" };
        NewJob waiting = Make.Job(queue) with { FairnessKey = "later", DueAt = Make.Noon.AddDays(1) };
        await InsertAsync(plain, a, held, waiting);
        string[] lanes = [.. new[] { plain.Lane, a.Lane, held.Lane }.Order(StringComparer.Ordinal)];
        Assert.Equal(lanes, await Jobs.ReadLanesAsync(queue, "", 10, Cancel));
        Assert.Equal(lanes[..2], await Jobs.ReadLanesAsync(queue, "", 2, Cancel));
        Assert.Equal(lanes[2..], await Jobs.ReadLanesAsync(queue, lanes[1], 10, Cancel));
        Assert.Equal(new LaneKey("echo", null, "k", "r"), LaneKey.Parse(held.Lane));
        JobView view = await GetAsync(held);
        Assert.Equal((null, "k", "r"), (view.FairnessKey, view.ConcurrencyKey, view.RateKey));
        IReadOnlyList<ReadyJob> ready = await Jobs.ReadReadyAsync(queue, [new LaneRead(held.Lane, 5), new LaneRead(a.Lane, 1)], Cancel);
        Assert.Equal([held.Id, a.Id], ready.Select(r => r.Id));
    }

    [Fact]
    public async Task A_lane_is_read_from_a_place_on_which_is_in_it()
    {
        // The same rank for all but the last: then ids decide.
        NewJob[] jobs = [.. Enumerable.Range(0, 4).Select(_ => Make.Job(queue, Make.Noon)), Make.Job(queue, Make.Noon.AddTicks(10))];
        await InsertAsync(jobs);
        jobs = [.. jobs.OrderBy(j => j.Rank).ThenBy(j => j.Id)];
        IReadOnlyList<ReadyJob> all = await ReadyAsync(10);
        Assert.Equal(jobs.Select(j => j.Id), all.Select(j => j.Id));
        for (int from = 0; from < jobs.Length; from++)
        {
            IReadOnlyList<ReadyJob> read = await Jobs.ReadReadyAsync(queue, [new LaneRead("echo", 2, all[from].Rank, all[from].Id)], Cancel);
            Assert.Equal(jobs.Skip(from).Take(2).Select(j => j.Id), read.Select(j => j.Id));
        }

        Assert.Equal([jobs[4].Id], (await Jobs.ReadReadyAsync(queue, [new LaneRead("echo", 9, all[3].Rank.AddTicks(10))], Cancel)).Select(j => j.Id));
    }

    [Fact]
    public async Task A_job_that_waited_long_enough_goes_before_a_higher_priority()
    {
        NewJob old = Make.Job(queue, Make.Noon) with { Priority = JobPriority.Low };
        NewJob young = Make.Job(queue, Make.Noon + JobPriorities.Ageing + TimeSpan.FromSeconds(1));
        NewJob between = Make.Job(queue, Make.Noon + JobPriorities.Ageing - TimeSpan.FromSeconds(1));
        await InsertAsync(young, old, between);
        Assert.Equal([between.Id, old.Id, young.Id], (await ReadyAsync(10)).Select(r => r.Id));
    }

    [Fact]
    public async Task What_a_job_says_for_itself_comes_back()
    {
        NewJob job = Make.Job(queue) with
        {
            Deadline = Make.Noon.AddHours(1),
            Options = new JobOptions { Timeout = TimeSpan.FromSeconds(7), ConcurrencyLimit = 3, RateLimit = new(10, TimeSpan.FromMinutes(1)), Retry = new() { MaxAttempts = 9 } },
        };
        await InsertAsync(job);
        ReadyJob ready = Assert.Single(await ReadyAsync(10));
        Assert.Equal((job.Deadline, TimeSpan.FromSeconds(7), 3), (ready.Deadline, ready.Options!.Timeout!.Value, ready.Options.ConcurrencyLimit!.Value));
        Assert.Equal(job.Options.RateLimit, ready.Options.RateLimit);
        Assert.Equal(9, ready.Options.Retry!.MaxAttempts);
        Assert.Equal(job.Deadline, (await GetAsync(job)).Deadline);
    }

    [Fact]
    public async Task The_next_due_time_is_the_earliest_of_run_at_deadline_and_escalation()
    {
        NewJob later = Make.Job(queue) with { DueAt = Make.Noon.AddMinutes(9) };
        NewJob deadline = Make.Job(queue) with { Deadline = Make.Noon.AddMinutes(6) };
        NewJob escalating = Make.Job(queue) with { EscalateAt = Make.Noon.AddMinutes(3) };
        await InsertAsync(later, deadline, escalating);
        Assert.Equal(Make.Noon.AddMinutes(3), await Jobs.NextDueAsync(queue, Cancel));
        await WriteAsync(new JobWrites { Ends = [Make.Complete(escalating)] });
        Assert.Equal(Make.Noon.AddMinutes(6), await Jobs.NextDueAsync(queue, Cancel));
        await WriteAsync(new JobWrites { Starts = [Make.Start(deadline)] });
        Assert.Equal(Make.Noon.AddMinutes(9), await Jobs.NextDueAsync(queue, Cancel));
    }

    [Fact]
    public async Task Expired_jobs_are_read_with_their_tokens()
    {
        NewJob first = Make.Job(queue) with { Deadline = Make.Noon.AddMinutes(1) };
        NewJob second = Make.Job(queue) with { Deadline = Make.Noon.AddMinutes(2), DueAt = Make.Noon.AddHours(1) };
        NewJob started = Make.Job(queue) with { Deadline = Make.Noon.AddMinutes(1) };
        await InsertAsync(second, first, started);
        await WriteAsync(new JobWrites { Starts = [Make.Start(started)] });
        Assert.Equal([new JobToken(first.Id, 0)], await Jobs.ReadExpiredAsync(queue, Make.Noon.AddMinutes(1), 10, Cancel));
        Assert.Equal([new JobToken(first.Id, 0), new JobToken(second.Id, 0)], await Jobs.ReadExpiredAsync(queue, Make.Noon.AddMinutes(5), 10, Cancel));
        await WriteAsync(new JobWrites { Moves = [Make.Move(second, JobTransition.Expire, fence: 0)] });
        Assert.Equal(JobState.Expired, (await GetAsync(second)).State);
    }

    [Fact]
    public async Task A_deadline_is_met_with_the_first_attempt()
    {
        NewJob Job() => Make.Job(queue) with { Deadline = Make.Noon.AddMinutes(1) };
        NewJob retried = Job(), released = Job(), completed = Job();
        await InsertAsync(retried, released, completed);
        await EndAsync(Make.Retry(retried, Make.Noon.AddHours(1)), Make.End(released, JobTransition.Release) with { AttemptsUsed = 0 }, Make.Complete(completed));
        Assert.Empty(await Jobs.ReadExpiredAsync(queue, Make.Noon.AddMinutes(5), 10, Cancel));
        Assert.Equal(Make.Noon.AddHours(1), await Jobs.NextDueAsync(queue, Cancel));
        Assert.Equal([false], await MoveAsync(Make.Move(retried, JobTransition.Expire)));
        Assert.Null((await Jobs.ReadReadyAsync(queue.Tenant, released.Id, Cancel))!.Deadline);
        Assert.Null((await Jobs.PromoteDueAsync(queue, Make.Noon.AddHours(2), 10, Cancel))[0].Deadline);
        // The others show what they had.
        Assert.Equal(completed.Deadline, (await GetAsync(completed)).Deadline);
    }

    [Fact]
    public async Task Escalation_raises_the_priority_once_and_never_lowers_it()
    {
        NewJob ready = Make.Job(queue) with { EscalateAt = Make.Noon.AddMinutes(1), EscalateTo = JobPriority.High };
        NewJob urgent = Make.Job(queue) with { Priority = JobPriority.Urgent, EscalateAt = Make.Noon.AddMinutes(1), EscalateTo = JobPriority.High };
        NewJob scheduled = Make.Job(queue) with { DueAt = Make.Noon.AddHours(1), EscalateAt = Make.Noon.AddMinutes(2) };
        await InsertAsync(ready, urgent, scheduled);
        Assert.Equal(0, (await Jobs.EscalateDueAsync(queue, Make.Noon, 10, Cancel)).Count);
        EscalatedJobs raised = await Jobs.EscalateDueAsync(queue, Make.Noon.AddMinutes(2), 10, Cancel);
        Assert.Equal(3, raised.Count);
        Assert.Equal([(ready.Id, JobPriority.High), (urgent.Id, JobPriority.Urgent)], raised.Ready.Select(r => (r.Id, r.Priority)).OrderBy(r => r.Priority));
        Assert.All(raised.Ready, r => Assert.Equal(r.Priority.Rank(r.ReadyAt), r.Rank));
        Assert.Equal(JobPriority.Urgent, (await GetAsync(scheduled)).Priority);
        Assert.Equal(0, (await Jobs.EscalateDueAsync(queue, Make.Noon.AddMinutes(5), 10, Cancel)).Count);
        Assert.Equal(["enqueue", "escalate"], (await Jobs.ReadEventsAsync(queue.Tenant, ready.Id, Cancel)).Select(e => e.Transition));
    }

    [Fact]
    public async Task Waiting_jobs_take_another_priority_and_finished_ones_do_not()
    {
        NewJob ready = Make.Job(queue);
        NewJob scheduled = Make.Job(queue) with { DueAt = Make.Noon.AddHours(1) };
        NewJob done = Make.Job(queue);
        await InsertAsync(ready, scheduled, done);
        await WriteAsync(new JobWrites { Ends = [Make.Complete(done)] });
        IReadOnlyList<ReprioritisedJob> changed =
            await Jobs.ReprioritiseAsync(queue.Tenant, [ready.Id, scheduled.Id, done.Id, Make.Id()], JobPriority.Urgent, Make.Noon, "ops", Cancel);
        Assert.Equal(2, changed.Count);
        ReadyJob again = Assert.Single(changed, c => c.Ready is not null).Ready!;
        Assert.Equal((ready.Id, JobPriority.Urgent, JobPriority.Urgent.Rank(again.ReadyAt)), (again.Id, again.Priority, again.Rank));
        Assert.All(changed, c => Assert.Equal(queue.Name, c.Queue));
        Assert.Empty(await Jobs.ReprioritiseAsync(queue.Tenant, [ready.Id], JobPriority.Urgent, Make.Noon, "ops", Cancel));
    }
}

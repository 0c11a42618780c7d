using Ratchet.Events;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Statistics;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task Every_transition_leaves_one_event_with_its_actor_and_reason()
    {
        NewJob job = Make.Job(queue) with { Actor = "schedule:nightly", DueAt = Make.Noon.AddSeconds(1) };
        await InsertAsync(job);
        await Jobs.PromoteDueAsync(queue, Make.Noon.AddSeconds(2), 10, Cancel);
        await WriteAsync(new JobWrites { Starts = [Make.Start(job, fence: 1)] });
        await WriteAsync(new JobWrites { Ends = [Make.Retry(job, Make.Noon.AddHours(1), fence: 1)] });
        await WriteAsync(new JobWrites { Moves = [Make.Move(job, JobTransition.Cancel) with { Actor = "ops", Reason = "not needed" }] });
        await WriteAsync(new JobWrites { Moves = [Make.Move(job, JobTransition.Redrive)] });
        await WriteAsync(new JobWrites { Ends = [Make.Complete(job, fence: 4)] });

        IReadOnlyList<JobEvent> events = await Jobs.ReadEventsAsync(queue.Tenant, job.Id, Cancel);
        Assert.Equal(
            [
                ("schedule", null, JobState.Scheduled, 0, "schedule:nightly", null),
                ("promote", JobState.Scheduled, JobState.Queued, 0, "queue", null),
                ("start", JobState.Queued, JobState.Processing, 1, "node-1", null),
                ("retry", JobState.Processing, JobState.Retrying, 1, "node-1", "NetworkError"),
                ("cancel", JobState.Retrying, JobState.Cancelled, 1, "ops", "not needed"),
                ("redrive", JobState.Cancelled, JobState.Queued, 0, "server", null),
                ("complete", JobState.Queued, JobState.Completed, 1, "node-1", null),
            ],
            events.Select(e => (e.Transition, e.From, e.To, e.Attempt, e.Actor, e.Reason)));
        Assert.Equal(events.OrderBy(e => e.Cursor.Transaction).ThenBy(e => e.Cursor.Sequence), events);
        Assert.Empty(await Jobs.ReadEventsAsync("another", job.Id, Cancel));
    }

    [Fact]
    public async Task What_was_refused_leaves_no_event()
    {
        NewJob job = Make.Job(queue) with { IdempotencyKey = "once", Fingerprint = "f" };
        await InsertAsync(job);
        await InsertAsync(Make.Job(queue) with { IdempotencyKey = "once", Fingerprint = "f" });
        await InsertAsync(job);
        await WriteAsync(new JobWrites { Ends = [Make.Complete(job, fence: 7)], Starts = [Make.Start(job, fence: 7)], Moves = [Make.Move(job, JobTransition.Redrive)] });
        Assert.Equal(["enqueue"], (await Jobs.ReadEventsAsync(queue.Tenant, job.Id, Cancel)).Select(e => e.Transition));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Followers_see_each_event_once_in_pages(int jobs)
    {
        NewJob[] many = Make.Jobs(queue, jobs);
        await InsertAsync(many);
        await WriteAsync(new JobWrites { Ends = [.. many.Select(j => Make.Complete(j))] });
        var seen = new List<JobEvent>();
        // What another transaction may still come before is held back, even one of another test: asked for until it is there.
        while (seen.Count < 2 * jobs) seen.AddRange(await fixture.Store.Events.ReadAsync(new EventRead(queue.Tenant, seen.Count == 0 ? null : seen[^1].Cursor, false, 7), Cancel));
        Assert.Equal(2 * jobs, seen.Count);
        Assert.Equal(2 * jobs, seen.Select(e => (e.Job, e.Transition)).Distinct().Count());
    }

    [Fact]
    public async Task The_feed_is_read_both_ways_with_task_and_queue_while_the_job_is_there()
    {
        NewJob kept = await QueuedAsync(), deleted = await QueuedAsync();
        await MoveAsync(Make.Move(deleted, JobTransition.Cancel));
        await Jobs.DeleteAsync(queue.Tenant, [deleted.Id], Make.Noon, "client", Cancel);
        IReadOnlyList<JobEvent> forward = [];
        // Held back while another test's transaction goes on, as above.
        while (forward.Count < 4) forward = await fixture.Store.Events.ReadAsync(new EventRead(queue.Tenant, null, false, 100), Cancel);
        Assert.Equal(["enqueue", "enqueue", "cancel", "delete"], forward.Select(e => e.Transition));
        Assert.Equal([("echo", "mail"), (null, null)], forward.Take(2).Select(e => (e.Task, e.Queue)));
        Assert.All(forward, e => Assert.Equal(queue.Tenant, e.Tenant));
        Assert.Equal(kept.Id, forward[0].Job);
        IReadOnlyList<JobEvent> backward = await fixture.Store.Events.ReadAsync(new EventRead(queue.Tenant, forward[3].Cursor, true, 2), Cancel);
        Assert.Equal([forward[2].Cursor, forward[1].Cursor], backward.Select(e => e.Cursor));
        Assert.True(await fixture.Store.Events.HeadAsync(Cancel) >= forward[3].Cursor);
    }

    [Fact]
    public async Task Open_jobs_are_counted_by_queue_and_state_up_to_a_bound()
    {
        NewJob[] jobs = Make.Jobs(queue, 5);
        await InsertAsync(jobs);
        await InsertAsync(Make.Job(queue) with { Queue = new QueueKey(queue.Tenant, "other") });
        await EndAsync(Make.Complete(jobs[0]), Make.End(jobs[1], JobTransition.Fail));
        Assert.Equal(
            [new QueueCount("mail", JobState.Completed, 1), new QueueCount("mail", JobState.Failed, 1), new QueueCount("mail", JobState.Queued, 3), new QueueCount("other", JobState.Queued, 1)],
            await fixture.Store.Lists.CountsAsync(queue.Tenant, 100, Cancel));
        Assert.Equal(2, (await fixture.Store.Lists.CountsAsync(queue.Tenant, 2, Cancel)).Where(c => c.State == JobState.Queued).Sum(c => c.Count));
    }
}

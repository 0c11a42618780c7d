using Ratchet.Events;
using Ratchet.Jobs;
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
}

using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage.Bulk;
using Ratchet.Storage.Controls;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Retention;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private IControlStore Controls => fixture.Store.Controls;

    [Fact]
    public async Task A_queues_mode_stays_and_a_queue_without_one_is_active()
    {
        Assert.Equal(WorkMode.Active, await Controls.GetQueueModeAsync(queue, Cancel));
        await Controls.SetQueueModeAsync(queue, WorkMode.Paused, null, Cancel);
        await InsertAsync(Make.Job(queue), Make.Job(queue with { Name = "other" }));
        Assert.Equal(WorkMode.Paused, await Controls.GetQueueModeAsync(queue, Cancel));
        Assert.Equal([new QueueSetting("mail", WorkMode.Paused, 1), new QueueSetting("other", WorkMode.Active, 1)], await Controls.ListQueuesAsync(queue.Tenant, Cancel));
        Assert.False(await Controls.SetTaskModeAsync(queue.Tenant, "nothing", WorkMode.Paused, null, Cancel));
    }

    [Fact]
    public async Task Limits_and_weights_are_set_changed_and_taken_away()
    {
        var both = new LimitRule(LimitScope.Key, "k", 3, new RateLimit(10, TimeSpan.FromMinutes(1)));
        var task = new LimitRule(LimitScope.Task, "k", 7, null);
        await Controls.PutLimitAsync(queue.Tenant, both with { Concurrency = 9 }, null, Make.Noon, Cancel);
        long second = await Controls.PutLimitAsync(queue.Tenant, both, null, Make.Noon, Cancel);
        long only = await Controls.PutLimitAsync(queue.Tenant, task, null, Make.Noon, Cancel);
        Assert.Equal([both with { Revision = second }, task with { Revision = only }], await Controls.GetLimitsAsync(queue.Tenant, Cancel));
        Assert.True(await Controls.DeleteLimitAsync(queue.Tenant, LimitScope.Key, "k", null, Cancel));
        Assert.False(await Controls.DeleteLimitAsync(queue.Tenant, LimitScope.Key, "k", null, Cancel));
        await Controls.SetWeightAsync(queue, "vip", 4, null, Cancel);
        await Controls.SetWeightAsync(queue, "vip", 2.5, null, Cancel);
        Assert.Equal([new FairnessWeight("vip", 2.5)], await Controls.GetWeightsAsync(queue, Cancel));
        await Controls.SetWeightAsync(queue, "vip", null, null, Cancel);
        Assert.Empty(await Controls.GetWeightsAsync(queue, Cancel));
    }

    [Fact]
    public async Task Reservations_are_kept_until_they_expire()
    {
        var early = new RateReservation("k", Make.Noon.AddSeconds(1), 5, Make.Noon.AddSeconds(61));
        var late = new RateReservation("k", Make.Noon.AddSeconds(50), 5, Make.Noon.AddSeconds(110));
        await Controls.ReserveAsync(queue.Tenant, [early, late], Make.Noon, Cancel);
        Assert.Equal(2, (await Controls.GetReservationsAsync(queue.Tenant, Make.Noon.AddSeconds(60), Cancel)).Count);
        Assert.Equal([late], await Controls.GetReservationsAsync(queue.Tenant, Make.Noon.AddSeconds(61), Cancel));
    }

    [Fact]
    public async Task Jobs_ahead_are_counted_in_their_lane_up_to_a_bound()
    {
        NewJob[] jobs = Make.Jobs(queue, 5);
        NewJob urgent = Make.Job(queue, Make.Noon.AddSeconds(9)) with { Priority = JobPriority.Urgent };
        await InsertAsync([.. jobs, urgent, Make.Job(queue) with { FairnessKey = "other" }]);
        ReadyJob last = (await Jobs.ReadReadyAsync(queue.Tenant, jobs[4].Id, Cancel))!;
        Assert.Equal((5L, 1L), await Jobs.AheadAsync(queue, last, 100, Cancel));
        Assert.Equal(3L, (await Jobs.AheadAsync(queue, last, 3, Cancel)).Ahead);
    }

    [Fact]
    public async Task What_a_filter_picks_comes_in_pages_by_id()
    {
        NewJob[] jobs = [.. Make.Jobs(queue, 5).OrderBy(j => j.Id)];
        await InsertAsync([.. jobs, Make.Job(queue with { Name = "other" })]);
        await EndAsync(Make.Complete(jobs[1]));
        var query = new PickQuery([JobState.Queued], "echo", queue.Name, Make.Noon.AddHours(1));
        Assert.Equal(4, await Jobs.CountPickedAsync(queue.Tenant, query, Cancel));
        IReadOnlyList<PickedJob> page = await Jobs.PickAsync(queue.Tenant, query, default, 3, Cancel);
        Assert.Equal([jobs[0].Id, jobs[2].Id, jobs[3].Id], page.Select(p => p.Id));
        Assert.Equal([jobs[4].Id], (await Jobs.PickAsync(queue.Tenant, query, page[^1].Id, 3, Cancel)).Select(p => p.Id));
        Assert.Empty(await Jobs.PickAsync(queue.Tenant, query with { CreatedBefore = Make.Noon }, default, 3, Cancel));
    }

    [Fact]
    public async Task A_bulk_operation_is_found_again_by_its_key_and_ends_once()
    {
        BulkRecord Operation() => new(Guid.CreateVersion7(), queue.Tenant, "Cancel", "{}", "RUNNING", null, 10, 0, 0, "ops", Make.Noon, null);
        BulkRecord first = Operation();
        Assert.Equal(first, await fixture.Store.Bulk.InsertAsync(first, "once", Cancel));
        Assert.Equal(first.Id, (await fixture.Store.Bulk.InsertAsync(Operation(), "once", Cancel)).Id);
        await fixture.Store.Bulk.InsertAsync(Operation(), null, Cancel);
        BulkRecord done = first with { Changed = 9, Skipped = 1, State = "COMPLETED", Cursor = Guid.CreateVersion7(), FinishedAt = Make.Noon.AddMinutes(1) };
        Assert.Contains(first.Id, await fixture.Store.Bulk.ListRunningAsync(Cancel));
        Assert.True(await fixture.Store.Bulk.AdvanceAsync(done, Cancel));
        Assert.False(await fixture.Store.Bulk.AdvanceAsync(done with { State = "CANCELLED" }, Cancel));
        Assert.Equal(done, await fixture.Store.Bulk.GetAsync(first.Id, Cancel));
        Assert.Equal(2, (await fixture.Store.Bulk.ListAsync(queue.Tenant, 10, Cancel)).Count);
    }

    [Fact]
    public async Task Only_jobs_at_an_end_that_were_kept_long_enough_go()
    {
        DateTimeOffset past = Make.Noon.AddYears(-3);
        NewJob Old() => Make.Job(queue, past) with { Id = JobId.New(new FixedTime(past)) };
        NewJob completed = Old(), failed = Old(), waiting = Old(), own = Old() with { Retention = TimeSpan.FromDays(3650) };
        NewJob brief = Make.Job(queue) with { Retention = TimeSpan.FromMinutes(5) };
        NewJob always = Old() with { Retention = TimeSpan.Zero };
        await InsertAsync(completed, failed, waiting, own, brief, always);
        await EndAsync(Make.Complete(completed), Make.End(failed, JobTransition.Fail), Make.Complete(own), Make.Complete(brief), Make.Complete(always));
        var before = new Dictionary<JobState, DateTimeOffset> { [JobState.Completed] = Make.Noon.AddDays(1) };
        JobId after = default;
        SweptPage page;
        do
        {
            page = await fixture.Store.Retention.SweepAsync(after, past.AddDays(1), before, 2, Cancel);
            after = page.Last ?? after;
        }
        while (page.Looked > 0);
        await fixture.Store.Retention.SweepOwnAsync(Make.Noon.AddMinutes(6), 10_000, Cancel);
        Assert.Null(await Jobs.GetAsync(queue.Tenant, completed.Id, Cancel));
        Assert.Null(await Jobs.GetAsync(queue.Tenant, brief.Id, Cancel));
        Assert.Equal([JobState.Failed, JobState.Queued, JobState.Completed], [(await GetAsync(failed)).State, (await GetAsync(waiting)).State, (await GetAsync(own)).State]);
        Assert.Single(await ExecutionsAsync(failed));
        Assert.Equal(JobState.Completed, (await GetAsync(always)).State);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task Ready_jobs_come_by_priority_then_age_then_id()
    {
        NewJob late = Make.Job(queue, Make.Noon.AddSeconds(2));
        NewJob early = Make.Job(queue, Make.Noon);
        NewJob twin = Make.Job(queue, Make.Noon);
        NewJob urgent = Make.Job(queue, Make.Noon.AddSeconds(9)) with { Priority = JobPriority.Urgent };
        NewJob low = Make.Job(queue, Make.Noon.AddSeconds(-9)) with { Priority = JobPriority.Low };
        NewJob elsewhere = Make.Job(queue with { Name = "other" });
        await InsertAsync(late, twin, early, urgent, low, elsewhere);
        NewJob[] twins = [.. new[] { early, twin }.OrderBy(j => j.Id)];
        Assert.Equal([urgent.Id, twins[0].Id, twins[1].Id, late.Id, low.Id], (await ReadyAsync(10)).Select(r => r.Id));
        Assert.Equal([urgent.Id, twins[0].Id], (await ReadyAsync(2)).Select(r => r.Id));
    }

    [Fact]
    public async Task Inputs_over_the_inline_limit_are_read_apart()
    {
        NewJob small = Make.Job(queue) with { Input = new byte[Limits.InlineInputBytes] };
        Array.Fill(small.Input, (byte)'1');
        NewJob large = Make.Job(queue, Make.Noon.AddSeconds(1)) with { Input = [.. small.Input, (byte)'1'] };
        await InsertAsync(small, large);
        IReadOnlyList<ReadyJob> ready = await ReadyAsync(10);
        Assert.Equal(small.Input, ready[0].Input);
        Assert.Null(ready[1].Input);
        IReadOnlyDictionary<JobId, byte[]> inputs = await Jobs.ReadInputsAsync([large.Id, Make.Id()], Cancel);
        Assert.Equal(large.Input, Assert.Single(inputs).Value);
    }

    [Fact]
    public async Task Due_jobs_are_promoted_in_their_order_and_within_the_limit()
    {
        NewJob[] jobs = [.. Enumerable.Range(1, 4).Select(i => Make.Job(queue) with { DueAt = Make.Noon.AddMinutes(i) })];
        await InsertAsync(jobs);
        Assert.Equal(Make.Noon.AddMinutes(1), await Jobs.NextDueAsync(queue, Cancel));
        Assert.Empty(await Jobs.PromoteDueAsync(queue, Make.Noon, 10, Cancel));
        Assert.Equal(2, (await Jobs.PromoteDueAsync(queue, Make.Noon.AddMinutes(3), 2, Cancel)).Count);
        ReadyJob last = Assert.Single(await Jobs.PromoteDueAsync(queue, Make.Noon.AddMinutes(3), 2, Cancel));
        Assert.Equal(last, await Jobs.ReadReadyAsync(queue.Tenant, last.Id, Cancel) is { } row ? row with { Input = last.Input } : null);
        IReadOnlyList<ReadyJob> ready = await ReadyAsync(10);
        Assert.Equal(jobs.Take(3).Select(j => (j.Id, (DateTimeOffset)j.DueAt!, 1L)), ready.Select(r => (r.Id, r.ReadyAt, r.Fence)));
        Assert.Equal(Make.Noon.AddMinutes(4), await Jobs.NextDueAsync(queue, Cancel));
        Assert.Null((await GetAsync(jobs[0])).DueAt);
    }

    [Fact]
    public async Task Nothing_waiting_has_no_due_time() => Assert.Null(await Jobs.NextDueAsync(queue, Cancel));

    [Fact]
    public async Task Jobs_of_dead_nodes_are_taken_back_in_bounded_batches()
    {
        NewJob[] jobs = Make.Jobs(queue, 5);
        await InsertAsync(jobs);
        await StartAsync([.. jobs.Take(3).Select(j => Make.Start(j, node: "dead")), Make.Start(jobs[3], node: "alive")]);
        DateTimeOffset now = Make.Noon.AddMinutes(2);
        Assert.Equal(2, await Jobs.ReleaseLostAsync(queue, ["alive", "idle"], now, 2, Cancel));
        Assert.Equal(1, await Jobs.ReleaseLostAsync(queue, ["alive", "idle"], now, 2, Cancel));
        Assert.Equal(0, await Jobs.ReleaseLostAsync(queue, ["alive", "idle"], now, 2, Cancel));

        Assert.Equal(JobState.Processing, (await GetAsync(jobs[3])).State);
        JobView back = await GetAsync(jobs[0]);
        Assert.Equal((JobState.Queued, 0, 0, null), (back.State, back.Attempts, back.LostWorkers, back.Node));
        ExecutionView execution = Assert.Single(await ExecutionsAsync(jobs[0]));
        Assert.Equal(("LOST", 1, "dead", FailureKind.WorkerLost), (execution.Outcome, execution.Attempt, execution.Node, execution.Failure!.Kind));
        Assert.Equal([false], await EndAsync(Make.Complete(jobs[0], fence: 0)));
    }

    [Fact]
    public async Task With_no_node_alive_every_running_job_is_lost()
    {
        NewJob job = await QueuedAsync();
        await StartAsync(Make.Start(job));
        Assert.Equal(1, await Jobs.ReleaseLostAsync(queue, [], Make.Noon, 10, Cancel));
    }

    [Fact]
    public async Task Queues_are_active_while_they_have_unfinished_jobs()
    {
        QueueKey[] queues = [.. new[] { "queued", "scheduled", "running", "done" }.Select(n => queue with { Name = n })];
        NewJob[] jobs = [.. queues.Select(q => Make.Job(q) with { DueAt = q.Name == "scheduled" ? Make.Noon : null })];
        await InsertAsync(jobs);
        await StartAsync(Make.Start(jobs[2]));
        await EndAsync(Make.Complete(jobs[3]));
        Assert.Equal(queues.Take(3).OrderBy(q => q.Name), (await Jobs.ListActiveQueuesAsync(Cancel)).Where(q => q.Tenant == queue.Tenant).OrderBy(q => q.Name));
    }

    [Fact]
    public async Task Jobs_are_counted_by_state()
    {
        NewJob[] jobs = Make.Jobs(queue, 4);
        await InsertAsync(jobs);
        await EndAsync(Make.Complete(jobs[0]), Make.End(jobs[1], JobTransition.Fail));
        IReadOnlyDictionary<JobState, long> counts = await Jobs.CountByStateAsync(queue, Cancel);
        Assert.Equal([(JobState.Queued, 2L), (JobState.Completed, 1L), (JobState.Failed, 1L)], counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
    }
}

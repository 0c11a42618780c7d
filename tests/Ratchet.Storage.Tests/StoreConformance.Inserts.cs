using System.Text;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task An_inserted_job_is_there_for_another_process()
    {
        NewJob job = Make.Job(queue) with { Priority = JobPriority.High, TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        Assert.Equal([InsertOutcome.Inserted], await InsertAsync(job));

        await using IStore other = Database.Open();
        JobView view = (await other.Jobs.GetAsync(queue.Tenant, job.Id, Cancel))!;
        Assert.Equal(
            (JobState.Queued, "echo", "1.0.0", "mail", JobPriority.High, 0, 3, Make.Noon),
            (view.State, view.Task, view.TaskVersion, view.Queue, view.Priority, view.Attempts, view.MaxAttempts, view.CreatedAt));
        Assert.Equal(job.Input, view.Input);
        ReadyJob ready = (await other.Jobs.ReadReadyAsync(queue.Tenant, job.Id, Cancel))!;
        Assert.Equal((job.Task, 0L, job.TraceParent), (ready.Task, ready.Fence, ready.TraceParent));
    }

    // 200 is more than the size from which PostgreSQL's COPY is used.
    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public async Task A_set_with_an_id_that_exists_inserts_the_others(int count)
    {
        NewJob[] jobs = Make.Jobs(queue, count);
        await InsertAsync(jobs[1]);
        IReadOnlyList<InsertOutcome> outcomes = await InsertAsync(jobs);
        Assert.Equal(InsertOutcome.Inserted, outcomes[0]);
        Assert.Equal(new InsertOutcome(jobs[1].Id, SameFingerprint: true), outcomes[1]);
        Assert.All(outcomes.Skip(2), o => Assert.Equal(InsertOutcome.Inserted, o));
        Assert.Equal(count, await Jobs.CountPickedAsync(queue.Tenant, new PickQuery([], null, null, DateTimeOffset.MaxValue), Cancel));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(200)]
    public async Task A_set_may_be_given_again_when_its_outcome_is_unknown(int count)
    {
        NewJob[] jobs = Make.Jobs(queue, count);
        await InsertAsync(jobs);
        Assert.Equal(jobs.Select(j => (JobId?)j.Id), (await InsertAsync(jobs)).Select(o => o.Existing));
        Assert.Equal(count, await Jobs.CountPickedAsync(queue.Tenant, new PickQuery([], null, null, DateTimeOffset.MaxValue), Cancel));
    }

    [Fact]
    public async Task Large_sets_keep_every_column_of_every_job()
    {
        NewJob[] jobs = Make.Jobs(queue, 150);
        jobs[7] = jobs[7] with { DueAt = Make.Noon.AddHours(1), MaxAttempts = 9, Priority = JobPriority.Low, Input = Encoding.UTF8.GetBytes("\"" + new string('é', 40_000) + "\"") };
        await InsertAsync(jobs);
        JobView view = await GetAsync(jobs[7]);
        Assert.Equal((JobState.Scheduled, Make.Noon.AddHours(1), 9, JobPriority.Low), (view.State, view.DueAt, view.MaxAttempts, view.Priority));
        Assert.Equal(jobs[7].Input, view.Input);
    }

    [Fact]
    public async Task The_same_key_within_24_hours_stands_for_the_same_job()
    {
        NewJob first = Make.Job(queue) with { IdempotencyKey = "order-1", Fingerprint = "f1" };
        await InsertAsync(first);
        NewJob same = first with { Id = Make.Id(), CreatedAt = Make.Noon.AddHours(24).AddMilliseconds(-1) };
        NewJob other = same with { Id = Make.Id(), Fingerprint = "f2" };
        Assert.Equal(new InsertOutcome(first.Id, SameFingerprint: true), (await InsertAsync(same))[0]);
        Assert.Equal(new InsertOutcome(first.Id, SameFingerprint: false), (await InsertAsync(other))[0]);
        Assert.Null(await Jobs.GetAsync(queue.Tenant, same.Id, Cancel));
        Assert.Equal("order-1", (await GetAsync(first)).IdempotencyKey);
    }

    [Fact]
    public async Task A_key_is_free_again_after_24_hours()
    {
        NewJob first = Make.Job(queue) with { IdempotencyKey = "order-2", Fingerprint = "f1" };
        NewJob later = first with { Id = Make.Id(), CreatedAt = Make.Noon.AddHours(24), Fingerprint = "f2" };
        NewJob again = later with { Id = Make.Id() };
        await InsertAsync(first);
        Assert.Equal(InsertOutcome.Inserted, (await InsertAsync(later))[0]);
        Assert.Equal(new InsertOutcome(later.Id, SameFingerprint: true), (await InsertAsync(again))[0]);
    }

    [Fact]
    public async Task Of_two_equal_keys_in_one_set_the_first_wins()
    {
        NewJob first = Make.Job(queue) with { IdempotencyKey = "order-3", Fingerprint = "f1" };
        NewJob second = first with { Id = Make.Id(), Fingerprint = "f2" };
        NewJob plain = Make.Job(queue);
        Assert.Equal([InsertOutcome.Inserted, InsertOutcome.Inserted, new InsertOutcome(first.Id, SameFingerprint: false)], await InsertAsync(plain, first, second));
        Assert.Null(await Jobs.GetAsync(queue.Tenant, second.Id, Cancel));
    }

    [Fact]
    public async Task A_key_belongs_to_its_tenant()
    {
        NewJob mine = Make.Job(queue) with { IdempotencyKey = "order-4", Fingerprint = "f" };
        NewJob theirs = mine with { Id = Make.Id(), Queue = queue with { Tenant = queue.Tenant + "-2" } };
        Assert.Equal([InsertOutcome.Inserted, InsertOutcome.Inserted], await InsertAsync(mine, theirs));
        Assert.Null(await Jobs.GetAsync(queue.Tenant, theirs.Id, Cancel));
    }

    [Fact]
    public async Task Submits_that_race_for_one_key_make_one_job()
    {
        NewJob[] racers = [.. Enumerable.Range(0, 8).Select(_ => Make.Job(queue) with { IdempotencyKey = "race", Fingerprint = "f" })];
        IReadOnlyList<InsertOutcome>[] outcomes = await Task.WhenAll(racers.Select(r => InsertAsync(r)));
        Assert.Single(outcomes, o => o[0] == InsertOutcome.Inserted);
        Assert.Equal(1, await Jobs.CountPickedAsync(queue.Tenant, new PickQuery([], null, null, DateTimeOffset.MaxValue), Cancel));
    }

    // PostgreSQL refuses both, SQLite stores them; but neither is a reason to try again.
    [Theory]
    [InlineData("nul \0", 1)]
    [InlineData("half a pair \ud800", 1)]
    [InlineData("nul \0", 100)]
    [InlineData("half a pair \ud800", 100)]
    public async Task Text_that_cannot_be_stored_is_an_error_of_the_data(string text, int count)
    {
        NewJob[] jobs = Make.Jobs(queue, count);
        jobs[^1] = jobs[^1] with { TraceParent = text };
        Assert.False(await Record.ExceptionAsync(() => InsertAsync(jobs)) is StoreUnavailableException);
        NewJob job = await QueuedAsync();
        Assert.False(await Record.ExceptionAsync(() => EndAsync(Make.Complete(job) with { Node = text })) is StoreUnavailableException);
        Assert.Equal([InsertOutcome.Inserted], await InsertAsync(Make.Job(queue)));
    }

    [Fact]
    public async Task A_set_is_written_whole_or_not_at_all()
    {
        NewJob good = Make.Job(queue);
        NewJob bad = Make.Job(queue) with { MaxAttempts = 1, Task = good.Task with { Name = null! } };
        await Assert.ThrowsAnyAsync<Exception>(() => InsertAsync(good, bad));
        Assert.Null(await Jobs.GetAsync(queue.Tenant, good.Id, Cancel));
    }
}

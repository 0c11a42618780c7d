using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Journal;
using Ratchet.Storage.Tests.Databases;
using Ratchet.Tests.Support;

namespace Ratchet.Storage.Tests.Journal;

/// <summary>What the journal does over each store. Time stands still unless a test moves it; the store is held back and failed through <see cref="ScriptedStore"/>.</summary>
public abstract class JournalConformance<TDatabase>(StoreFixture<TDatabase> fixture) : IAsyncLifetime where TDatabase : TestDatabase, new()
{
    private readonly QueueKey queue = new($"tenant-{Guid.CreateVersion7():N}", "mail");
    private readonly TestTime time = new();
    private ScriptedStore store = null!;
    private JobJournal journal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        store = new ScriptedStore(fixture.Store.Jobs);
        journal = Journal();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    [Fact]
    public async Task A_call_answers_after_its_commit()
    {
        NewJob job = Make.Job(queue);
        Assert.Equal([InsertOutcome.Inserted], await journal.InsertAsync([job], Cancel));
        Assert.Equal([true], await journal.EndAsync([Make.Complete(job)], Cancel));
        Assert.Equal(JobState.Completed, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task What_is_committed_is_counted()
    {
        using var read = new MetricReader(journal.Meters);
        NewJob[] jobs = Make.Jobs(queue, 7);
        await journal.InsertAsync(jobs, Cancel);
        AttemptEnd cancelled = Make.End(jobs[6], JobTransition.Cancel) with { Failure = new Failure(FailureKind.Cancelled, "Cancelled", "It was.") };
        AttemptEnd timeout = Make.End(jobs[3], JobTransition.Quarantine) with { Failure = new Failure(FailureKind.WorkerLost, "WorkerLost", "gone") };
        await journal.EndAsync([Make.Complete(jobs[0]), Make.End(jobs[1], JobTransition.Fail), Make.Retry(jobs[2], Make.Noon), timeout, cancelled], Cancel);
        // Refused: it has ended.
        await journal.EndAsync([Make.Complete(jobs[0], fence: 7)], Cancel);
        await journal.MoveAsync([Make.Move(jobs[4], JobTransition.Cancel), Make.Move(jobs[5], JobTransition.Expire), Make.Move(jobs[2], JobTransition.Promote)], Cancel);
        Assert.Equal(
            [1, 1, 1, 2, 1, 0],
            new[] { "state=COMPLETED", "state=FAILED failure=TaskError", "state=QUARANTINED failure=WorkerLost", "state=CANCELLED", "state=EXPIRED", "state=RETRYING failure=TaskError" }
                .Select(tags => read.Sum("ratchet.job.ends", tags)));
        Assert.Equal(
            [1, 2, 1, 1],
            new[] { "outcome=COMPLETED", "outcome=FAILED failure=TaskError", "outcome=LOST failure=WorkerLost", "outcome=CANCELLED failure=Cancelled" }.Select(tags => read.Sum("ratchet.job.attempts", tags)));
        Assert.Equal((16, 0), (read.Sum("ratchet.journal.batch.size"), read.Observe("ratchet.journal.backlog")));
        Assert.True(read.Sum("ratchet.journal.write.duration") >= 0);
    }

    [Fact]
    public async Task Calls_during_a_write_make_up_the_next_one()
    {
        var gate = new TaskCompletionSource();
        store.Before = _ => gate.Task;
        NewJob[] jobs = Make.Jobs(queue, 12);
        Task first = journal.InsertAsync([jobs[0]], Cancel).AsTask();
        await store.NextSetAsync();
        Task[] others = [.. jobs.Skip(1).Select(j => journal.InsertAsync([j], Cancel).AsTask())];
        gate.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 11], store.Sets.Select(s => s.Count));
    }

    [Fact]
    public async Task Answers_go_to_their_own_callers()
    {
        NewJob[] jobs = Make.Jobs(queue, 6);
        await journal.InsertAsync(jobs, Cancel);
        await journal.EndAsync([Make.Complete(jobs[1])], Cancel);
        (Task first, TaskCompletionSource gate) = await HoldAsync();
        Task<IReadOnlyList<bool>> one = journal.EndAsync([Make.Complete(jobs[0]), Make.Complete(jobs[1])], Cancel).AsTask();
        Task<IReadOnlyList<bool>> two = journal.EndAsync([Make.End(jobs[2], JobTransition.Fail)], Cancel).AsTask();
        Task<IReadOnlyList<bool>> move = journal.MoveAsync([Make.Move(jobs[1], JobTransition.Cancel), Make.Move(jobs[3], JobTransition.Cancel)], Cancel).AsTask();
        gate.SetResult();
        await first;
        Assert.Equal([true, false], await one);
        Assert.Equal([true], await two);
        Assert.Equal([false, true], await move);
    }

    [Fact]
    public async Task A_start_is_written_within_50_ms_when_no_end_comes()
    {
        NewJob job = await QueuedAsync();
        journal.NoteStarts([Make.Start(job)]);
        time.Advance(TimeSpan.FromMilliseconds(50));
        JobWrites set = await store.NextSetAsync();
        Assert.Single(set.Starts);
        await journal.DisposeAsync();
        Assert.Equal(JobState.Processing, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task A_start_that_its_end_overtakes_is_never_written()
    {
        NewJob job = await QueuedAsync();
        journal.NoteStarts([Make.Start(job)]);
        time.Advance(TimeSpan.FromMilliseconds(20));
        await journal.EndAsync([Make.Complete(job)], Cancel);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await journal.DisposeAsync();
        Assert.Empty(Assert.Single(store.Sets).Starts);
        Assert.Equal(JobState.Completed, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task Only_the_bad_write_of_a_set_fails_its_caller()
    {
        (Task first, TaskCompletionSource gate) = await HoldAsync();
        NewJob[] jobs = Make.Jobs(queue, 8);
        jobs[5] = jobs[5] with { Task = jobs[5].Task with { Name = "nul \0 is no text to PostgreSQL", Version = null! } };
        Task<IReadOnlyList<InsertOutcome>>[] calls = [.. jobs.Select(j => journal.InsertAsync([j], Cancel).AsTask())];
        gate.SetResult();
        await first;
        for (int i = 0; i < calls.Length; i++)
        {
            if (i == 5) await Assert.ThrowsAnyAsync<Exception>(() => calls[5]);
            else Assert.Equal([InsertOutcome.Inserted], await calls[i]);
        }
    }

    [Fact]
    public async Task A_bad_end_does_not_hold_back_the_good_ends_of_its_call()
    {
        NewJob[] jobs = Make.Jobs(queue, 4);
        await journal.InsertAsync(jobs, Cancel);
        AttemptEnd[] ends = [.. jobs.Select(j => Make.Complete(j))];
        ends[2] = ends[2] with { Node = null!, Output = null, Transition = JobTransition.Fail };
        await Assert.ThrowsAnyAsync<Exception>(() => journal.EndAsync(ends, Cancel).AsTask());
        Assert.Equal([JobState.Completed, JobState.Completed, JobState.Queued, JobState.Completed], await Task.WhenAll(jobs.Select(async j => (await GetAsync(j)).State)));
    }

    [Fact]
    public async Task Ends_wait_for_a_store_that_is_away()
    {
        NewJob job = await QueuedAsync();
        int failures = 0;
        store.Before = _ => ++failures <= 3 ? throw ScriptedStore.Away() : Task.CompletedTask;
        Task<IReadOnlyList<bool>> end = journal.EndAsync([Make.Complete(job)], Cancel).AsTask();
        var waits = new List<TimeSpan>();
        for (int i = 0; i < 3; i++)
        {
            waits.Add(await time.NextWaitAsync());
            Assert.False(end.IsCompleted);
            time.Advance(waits[i]);
        }
        Assert.Equal([true], await end);
        Assert.Equal([50, 100, 200], waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task Inserts_fail_at_once_while_the_store_is_away_and_are_tried_again_afterwards()
    {
        NewJob job = Make.Job(queue);
        store.Before = _ => throw ScriptedStore.Away();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => journal.InsertAsync([job], Cancel).AsTask());
        int tried = store.Sets.Count;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => journal.InsertAsync([job], Cancel).AsTask());
        Assert.Equal(tried, store.Sets.Count);
        store.Before = _ => Task.CompletedTask;
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal([InsertOutcome.Inserted], await journal.InsertAsync([job], Cancel));
    }

    [Fact]
    public async Task Inserts_that_wait_behind_an_end_fail_when_the_store_goes_away()
    {
        NewJob job = await QueuedAsync();
        var gate = new TaskCompletionSource();
        store.Before = _ => gate.Task;
        Task<IReadOnlyList<bool>> end = journal.EndAsync([Make.Complete(job)], Cancel).AsTask();
        await store.NextSetAsync();
        Task insert = journal.InsertAsync([Make.Job(queue)], Cancel).AsTask();
        store.Before = _ => Task.CompletedTask;
        gate.SetException(ScriptedStore.Away());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => insert);
        time.Advance(await time.NextWaitAsync());
        Assert.Equal([true], await end);
    }

    [Fact]
    public async Task An_end_whose_outcome_is_unknown_is_accepted_once()
    {
        NewJob job = await QueuedAsync();
        bool lost = false;
        // The commit succeeds and the answer is lost.
        store.After = _ => lost ? Task.CompletedTask : throw Lose(out lost);
        Task<IReadOnlyList<bool>> end = journal.EndAsync([Make.Complete(job)], Cancel).AsTask();
        time.Advance(await time.NextWaitAsync());
        Assert.Equal([true], await end);
        Assert.Single(await fixture.Store.Jobs.GetExecutionsAsync(queue.Tenant, job.Id, Cancel));
    }

    [Fact]
    public async Task Of_two_ends_with_an_unknown_outcome_the_one_that_was_written_is_accepted()
    {
        NewJob job = await QueuedAsync();
        AttemptEnd mine = Make.Complete(job);
        AttemptEnd theirs = Make.Complete(job);
        await fixture.Store.Jobs.WriteAsync(new JobWrites { Ends = [theirs] }, Cancel);
        Assert.Equal([false], await journal.EndAsync([mine], Cancel));
        Assert.Equal([true], await journal.EndAsync([theirs], Cancel));
    }

    [Fact]
    public async Task A_caller_may_stop_waiting_for_a_store_that_is_away()
    {
        NewJob job = await QueuedAsync();
        store.Before = _ => throw ScriptedStore.Away();
        using var cancel = new CancellationTokenSource();
        Task<IReadOnlyList<bool>> end = journal.EndAsync([Make.Complete(job)], cancel.Token).AsTask();
        TimeSpan wait = await time.NextWaitAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
        store.Before = _ => Task.CompletedTask;
        time.Advance(wait);
        Assert.Equal([true], await journal.EndAsync([Make.Complete(job)], Cancel));
    }

    [Fact]
    public async Task Closing_writes_what_is_left()
    {
        (Task first, TaskCompletionSource gate) = await HoldAsync();
        NewJob[] jobs = Make.Jobs(queue, 3);
        Task[] calls = [.. jobs.Select(j => journal.InsertAsync([j], Cancel).AsTask())];
        Task closed = journal.DisposeAsync().AsTask();
        gate.SetResult();
        await Task.WhenAll([first, closed, .. calls]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.InsertAsync([Make.Job(queue)], Cancel).AsTask());
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_store_that_is_away()
    {
        NewJob job = await QueuedAsync();
        store.Before = _ => throw ScriptedStore.Away();
        Task<IReadOnlyList<bool>> end = journal.EndAsync([Make.Complete(job)], Cancel).AsTask();
        await time.NextWaitAsync();
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => end);
    }

    [Fact]
    public async Task A_full_backlog_holds_callers_back_and_loses_none()
    {
        await using JobJournal small = new(store, writers: 1, batch: 2, capacity: 3, time, NullLogger.Instance, () => 0);
        (Task first, TaskCompletionSource gate) = await HoldAsync(small);
        NewJob[] jobs = Make.Jobs(queue, 20);
        Task[] calls = [.. jobs.Select(j => small.InsertAsync([j], Cancel).AsTask())];
        gate.SetResult();
        await Task.WhenAll([first, .. calls]);
        Assert.Equal(21, await fixture.Store.Jobs.CountPickedAsync(queue.Tenant, new PickQuery([], null, null, DateTimeOffset.MaxValue), Cancel));
        Assert.All(store.Sets, set => Assert.InRange(set.Count, 1, 2));
    }

    [Fact]
    public async Task An_empty_set_answers_without_a_write()
    {
        Assert.Empty(await journal.EndAsync([], Cancel));
        Assert.Empty(store.Sets);
    }

    private static StoreUnavailableException Lose(out bool lost)
    {
        lost = true;
        return ScriptedStore.Away();
    }

    // One writer, so that sets come one after another; no jitter.
    private JobJournal Journal() => new(store, writers: 1, batch: 2_000, capacity: 50_000, time, NullLogger.Instance, () => 0);

    /// <summary>Occupies the writer with a set that waits at the gate.</summary>
    private async Task<(Task First, TaskCompletionSource Gate)> HoldAsync(JobJournal? on = null)
    {
        var gate = new TaskCompletionSource();
        store.Before = _ => gate.Task;
        Task first = (on ?? journal).InsertAsync([Make.Job(queue)], Cancel).AsTask();
        while ((await store.NextSetAsync()).Inserts is not [{ } held] || held.Queue != queue) { }
        return (first, gate);
    }

    private async Task<NewJob> QueuedAsync()
    {
        NewJob job = Make.Job(queue);
        await fixture.Store.Jobs.WriteAsync(new JobWrites { Inserts = [job] }, Cancel);
        return job;
    }

    private async Task<JobView> GetAsync(NewJob job) => (await fixture.Store.Jobs.GetAsync(queue.Tenant, job.Id, Cancel))!;
}

public sealed class SqliteJournalTests(StoreFixture<SqliteDatabase> fixture) : JournalConformance<SqliteDatabase>(fixture), IClassFixture<StoreFixture<SqliteDatabase>>;

public sealed class PostgresJournalTests(StoreFixture<PostgresDatabase> fixture) : JournalConformance<PostgresDatabase>(fixture), IClassFixture<StoreFixture<PostgresDatabase>>;

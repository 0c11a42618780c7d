using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task A_completed_job_has_its_output_and_its_execution()
    {
        NewJob job = await QueuedAsync();
        AttemptEnd end = Make.Complete(job) with { Log = [new LogEntry("info", 1_500, "hello")] };
        Assert.Equal([true], await EndAsync(end));

        JobView view = await GetAsync(job);
        Assert.Equal(
            (JobState.Completed, 1, "node-1", Make.Noon.AddSeconds(1), Make.Noon.AddSeconds(2)),
            (view.State, view.Attempts, view.Node, view.StartedAt, view.FinishedAt));
        Assert.Equal(end.Output, view.Output);
        ExecutionView execution = Assert.Single(await ExecutionsAsync(job));
        Assert.Equal((end.Execution, job.Id, 1, "COMPLETED", "node-1"), (execution.Id, execution.Job, execution.Attempt, execution.Outcome, execution.Node));
        Assert.Equal(end.Output, execution.Output);
        Assert.Equal([new LogEntry("info", 1_500, "hello")], execution.Log);
        Assert.Null(await Jobs.ReadReadyAsync(queue.Tenant, job.Id, Cancel));
    }

    [Fact]
    public async Task A_second_end_at_the_same_fence_is_refused()
    {
        NewJob job = await QueuedAsync();
        Assert.Equal([true], await EndAsync(Make.Complete(job, output: "1")));
        Assert.Equal([false], await EndAsync(Make.Complete(job, output: "2")));
        Assert.Equal([false], await EndAsync(Make.End(job, JobTransition.Fail)));
        Assert.Equal("1"u8.ToArray(), (await GetAsync(job)).Output);
        Assert.Single(await ExecutionsAsync(job));
    }

    [Fact]
    public async Task An_attempt_at_which_its_job_was_cancelled_is_recorded_once_and_no_other()
    {
        NewJob job = await QueuedAsync();
        AttemptEnd end = Make.End(job, JobTransition.Cancel) with
        {
            Failure = new Failure(FailureKind.Cancelled, "Cancelled", "It was."),
            Log = [new LogEntry("info", 1_500, "hello")],
        };
        Assert.False(await Jobs.RecordCancelledAsync(end, Cancel));
        await MoveAsync(Make.Move(job, JobTransition.Cancel));
        Assert.True(await Jobs.RecordCancelledAsync(end, Cancel));
        Assert.False(await Jobs.RecordCancelledAsync(end, Cancel));
        ExecutionView execution = Assert.Single(await ExecutionsAsync(job));
        Assert.Equal((end.Execution, "CANCELLED", FailureKind.Cancelled), (execution.Id, execution.Outcome, execution.Failure!.Kind));
        Assert.Equal([new LogEntry("info", 1_500, "hello")], execution.Log);
        Assert.Equal(JobState.Cancelled, (await GetAsync(job)).State);

        // An earlier attempt, which somebody else was given since, is none of the cancel's.
        NewJob other = await QueuedAsync();
        await EndAsync(Make.End(other, JobTransition.Release) with { AttemptsUsed = 0 });
        await MoveAsync(Make.Move(other, JobTransition.Cancel));
        Assert.False(await Jobs.RecordCancelledAsync(Make.End(other, JobTransition.Cancel), Cancel));
    }

    [Fact]
    public async Task A_cancelled_attempts_end_and_its_jobs_are_one_write()
    {
        NewJob job = await QueuedAsync();
        await EndAsync(Make.Retry(job, Make.Noon.AddMinutes(1)));
        await Jobs.PromoteDueAsync(queue, Make.Noon.AddMinutes(2), 10, Cancel);
        await StartAsync(Make.Start(job, fence: 2));
        AttemptEnd end = Make.End(job, JobTransition.Cancel, fence: 2) with
        {
            Attempt = 2,
            Failure = new Failure(FailureKind.Cancelled, "Cancelled", "It was."),
            By = new EndedBy("ops", "not needed"),
            Log = [new LogEntry("info", 1_500, "hello")],
        };
        Assert.Equal([true], await EndAsync(end));
        JobView view = await GetAsync(job);
        // The failure is the one that the job waited for its second attempt with.
        Assert.Equal((JobState.Cancelled, 1, "NetworkError", end.FinishedAt), (view.State, view.Attempts, view.Failure!.Name, view.FinishedAt));
        ExecutionView execution = (await ExecutionsAsync(job))[^1];
        Assert.Equal((end.Execution, 2, "CANCELLED", "hello"), (execution.Id, execution.Attempt, execution.Outcome, execution.Log[0].Message));
        JobEvent last = (await Jobs.ReadEventsAsync(queue.Tenant, job.Id, Cancel))[^1];
        Assert.Equal(("cancel", JobState.Processing, 2, "ops", "not needed"), (last.Transition, last.From, last.Attempt, last.Actor, last.Reason));
        // What comes after it is too late.
        Assert.Equal([false], await EndAsync(Make.Complete(job, fence: 2)));
        Assert.False(await Jobs.RecordCancelledAsync(end, Cancel));
    }

    [Fact]
    public async Task A_cancel_of_a_job_that_runs_belongs_to_the_attempt_under_way()
    {
        NewJob running = await QueuedAsync(), waiting = await QueuedAsync();
        await StartAsync(Make.Start(running));
        await MoveAsync(Make.Move(running, JobTransition.Cancel), Make.Move(waiting, JobTransition.Cancel));
        Assert.Equal([0, 1, 1], (await Jobs.ReadEventsAsync(queue.Tenant, running.Id, Cancel)).Select(e => e.Attempt));
        Assert.Equal([0, 0], (await Jobs.ReadEventsAsync(queue.Tenant, waiting.Id, Cancel)).Select(e => e.Attempt));
    }

    [Fact]
    public async Task An_attempt_whose_fence_has_passed_is_refused_although_the_state_would_allow_it()
    {
        NewJob job = await QueuedAsync();
        Assert.Equal([true], await EndAsync(Make.End(job, JobTransition.Release) with { AttemptsUsed = 0 }));
        Assert.Equal(JobState.Queued, (await GetAsync(job)).State);
        Assert.Equal([false], await EndAsync(Make.Complete(job, fence: 0)));
        Assert.Equal([true], await EndAsync(Make.Complete(job, fence: 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Of_many_that_end_one_job_at_once_exactly_one_is_accepted(int jobsInEachSet)
    {
        NewJob[] jobs = Make.Jobs(queue, jobsInEachSet);
        await InsertAsync(jobs);
        JobTransition[] transitions = [JobTransition.Complete, JobTransition.Fail, JobTransition.Quarantine, JobTransition.Complete];
        IReadOnlyList<bool>[] outcomes = await Task.WhenAll(transitions.Select(t => EndAsync([.. jobs.Select(j => t == JobTransition.Complete ? Make.Complete(j) : Make.End(j, t))])));
        for (int i = 0; i < jobs.Length; i++)
        {
            Assert.Single(outcomes, o => o[i]);
            Assert.Single(await ExecutionsAsync(jobs[i]));
        }
    }

    [Fact]
    public async Task Of_two_ends_of_one_job_in_one_set_one_is_accepted()
    {
        NewJob job = await QueuedAsync();
        AttemptEnd[] ends = [Make.Complete(job, output: "1"), Make.Complete(job, output: "2")];
        IReadOnlyList<bool> accepted = await EndAsync(ends);
        Assert.Single(accepted, a => a);
        Assert.Equal(ends[accepted[0] ? 0 : 1].Execution, Assert.Single(await ExecutionsAsync(job)).Id);
    }

    [Fact]
    public async Task A_retry_waits_until_it_is_due()
    {
        NewJob job = await QueuedAsync();
        Assert.Equal([true], await EndAsync(Make.Retry(job, Make.Noon.AddMinutes(5)) with { Log = [new LogEntry("error", 7, "no")] }));
        JobView view = await GetAsync(job);
        Assert.Equal((JobState.Retrying, Make.Noon.AddMinutes(5), 1, null), (view.State, view.DueAt, view.Attempts, view.Node));
        Assert.Equal("NetworkError", view.Failure?.Name);
        ExecutionView execution = Assert.Single(await ExecutionsAsync(job));
        Assert.Equal(("FAILED", "the other side hung up", 1), (execution.Outcome, execution.Failure?.Message, execution.Log.Count));
    }

    [Fact]
    public async Task A_release_keeps_the_jobs_place()
    {
        NewJob job = await QueuedAsync(Make.Noon);
        NewJob younger = await QueuedAsync(Make.Noon.AddSeconds(1));
        await StartAsync(Make.Start(job));
        Failure lost = new(FailureKind.WorkerLost, "WorkerLost", "the process ended");
        Assert.Equal([true], await EndAsync(Make.End(job, JobTransition.Release) with { AttemptsUsed = 0, LostWorkers = 1, Failure = lost }));
        Assert.Equal([job.Id, younger.Id], (await ReadyAsync(10)).Select(r => r.Id));
        JobView view = await GetAsync(job);
        Assert.Equal((0, 1, null, null), (view.Attempts, view.LostWorkers, view.Node, view.StartedAt));
        Assert.Equal("LOST", Assert.Single(await ExecutionsAsync(job)).Outcome);
    }

    [Fact]
    public async Task Failed_and_quarantined_jobs_are_finished()
    {
        NewJob failed = await QueuedAsync();
        NewJob quarantined = await QueuedAsync();
        Assert.Equal([true, true], await EndAsync(Make.End(failed, JobTransition.Fail), Make.End(quarantined, JobTransition.Quarantine) with { LostWorkers = 3 }));
        Assert.Equal((JobState.Failed, Make.Noon.AddSeconds(2)), ((await GetAsync(failed)).State, (await GetAsync(failed)).FinishedAt));
        Assert.Equal((JobState.Quarantined, 3), ((await GetAsync(quarantined)).State, (await GetAsync(quarantined)).LostWorkers));
    }

    [Fact]
    public async Task A_failure_is_forgotten_when_an_attempt_completes_but_its_execution_stays()
    {
        NewJob job = await QueuedAsync();
        await EndAsync(Make.Retry(job, Make.Noon));
        await Jobs.PromoteDueAsync(queue, Make.Noon, 10, Cancel);
        long fence = (await Jobs.ReadReadyAsync(queue.Tenant, job.Id, Cancel))!.Fence;
        await EndAsync(Make.Complete(job, fence) with { Attempt = 2, AttemptsUsed = 2, FinishedAt = Make.Noon.AddMinutes(1) });
        Assert.Null((await GetAsync(job)).Failure);
        Assert.Equal([("FAILED", 1), ("COMPLETED", 2)], (await ExecutionsAsync(job)).Select(e => (e.Outcome, e.Attempt)));
    }

    [Fact]
    public async Task An_end_given_twice_is_refused_and_known_to_exist()
    {
        NewJob completed = await QueuedAsync();
        NewJob failed = await QueuedAsync();
        AttemptEnd[] ends = [Make.Complete(completed), Make.End(failed, JobTransition.Fail)];
        Assert.Equal([true, true], await EndAsync(ends));
        Assert.Equal([false, false], await EndAsync(ends));
        foreach (AttemptEnd end in ends)
        {
            Assert.True(await Jobs.ExecutionExistsAsync(end.Job, end.Execution, Cancel));
            Assert.False(await Jobs.ExecutionExistsAsync(end.Job, Guid.CreateVersion7(), Cancel));
        }
    }

    [Fact]
    public async Task Failure_and_log_texts_may_hold_any_characters()
    {
        NewJob job = await QueuedAsync();
        Failure failure = new(FailureKind.TaskError, "Error", "nul \0 and half a pair \ud83d.", "at main.js \u0001", "[\"\u2028\"]");
        await EndAsync(Make.End(job, JobTransition.Fail) with { Failure = failure, Log = [new LogEntry("warn", 1, "nul \0, lone \udc00")] });
        Failure stored = (await GetAsync(job)).Failure!;
        Assert.Equal("nul \0 and half a pair \ufffd.", stored.Message);
        Assert.Equal(failure.Stack, stored.Stack);
        Assert.Equal(failure.Details, stored.Details);
        Assert.Equal("nul \0, lone \ufffd", Assert.Single(await ExecutionsAsync(job)).Log[0].Message);
    }

    [Fact]
    public async Task Mixed_ends_answer_in_their_order()
    {
        NewJob[] jobs = Make.Jobs(queue, 5);
        await InsertAsync(jobs);
        NewJob unknown = Make.Job(queue);
        Assert.Equal(
            [true, true, false, true, true, false],
            await EndAsync(
                Make.Complete(jobs[0]), Make.Retry(jobs[1], Make.Noon), Make.Complete(unknown), Make.Complete(jobs[2]), Make.End(jobs[3], JobTransition.Fail), Make.Retry(jobs[4], Make.Noon, fence: 5)));
    }
}

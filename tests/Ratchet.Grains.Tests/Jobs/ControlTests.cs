using System.Net;
using System.Net.Sockets;
using Ratchet.Bulk;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Jobs;

/// <summary>What people do to jobs, in every state.</summary>
public abstract class ControlTests(SiloFixture silo)
{
    private const string Tenant = QueueKey.DefaultTenant;
    private readonly string queue = $"control-{Guid.CreateVersion7():N}";

    private Submission Addition() => new() { Task = "addition", Queue = queue, Input = """{"num1":1,"num2":2}"""u8.ToArray() };

    [Fact]
    public async Task A_waiting_job_is_cancelled_and_never_runs()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId id = (await silo.SubmitManyAsync([Addition()]))[0];
        JobCancelled cancelled = (await silo.Job(id).CancelAsync(Tenant, "ops", "wrong input"))!;
        Assert.Equal((JobState.Queued, JobState.Cancelled, null), (cancelled.Was, cancelled.Job.State, cancelled.Interrupted));
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue });
        JobView job = await silo.ReadAsync(id);
        Assert.Equal((JobState.Cancelled, 0), (job.State, job.Executions.Count));
        JobEvent last = (await silo.Store.Jobs.ReadEventsAsync(Tenant, id, CancellationToken.None))[^1];
        Assert.Equal(("cancel", "ops", "wrong input"), (last.Transition, last.Actor, last.Reason));
        Assert.Equal(JobState.Cancelled, (await silo.Job(id).CancelAsync(Tenant, "ops", null))!.Was);
    }

    [Fact]
    public async Task A_running_job_that_is_cancelled_ends_with_its_attempt_and_what_that_logged()
    {
        using var asked = new TcpListener(IPAddress.Loopback, 0);
        asked.Start();
        JobId id = (await silo.SubmitAsync("talker", $$"""{"url":"http://{{asked.LocalEndpoint}}/"}""", s => s with { Queue = queue })).Job!.Id;
        // Its request comes after its first line, and is never answered.
        using TcpClient request = await asked.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        JobCancelled cancelled = (await silo.Job(id).CancelAsync(Tenant, "ops", "not needed"))!;
        Assert.Equal(JobState.Processing, cancelled.Was);
        Assert.NotNull(cancelled.Interrupted);
        JobView job = await silo.ReadAsync(id);
        ExecutionView attempt = Assert.Single(job.Executions);
        Assert.Equal((JobState.Cancelled, "CANCELLED", FailureKind.Cancelled, 1), (job.State, attempt.Outcome, attempt.Failure!.Kind, attempt.Attempt));
        Assert.Equal("I have begun.", Assert.Single(attempt.Log).Message);
        Assert.Equal((attempt.FinishedAt, null), (job.FinishedAt!.Value, job.Failure));
        JobEvent last = (await silo.Store.Jobs.ReadEventsAsync(Tenant, id, CancellationToken.None))[^1];
        Assert.Equal(("cancel", 1, "ops", "not needed"), (last.Transition, last.Attempt, last.Actor, last.Reason));
        // Asked again, it is as it was.
        Assert.Equal(JobState.Cancelled, (await silo.Job(id).CancelAsync(Tenant, "ops", null))!.Was);
    }

    [Fact]
    public async Task A_running_job_that_is_cancelled_with_others_gets_the_record_of_its_attempt_when_that_has_ended()
    {
        JobId id = (await silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue })).Job!.Id;
        await SiloFixture.UntilAsync("it runs", async () => (await silo.ReadAsync(id)).State == JobState.Processing);
        await BulkAsync(new BulkRequest(BulkAction.Cancel, new JobFilter { Queue = queue }, null, null, "ops", null));
        Assert.Equal(JobState.Cancelled, (await silo.ReadAsync(id)).State);
        await SiloFixture.UntilAsync("the attempt has ended", async () => (await silo.ReadAsync(id)).Executions.Count == 1);
        JobEvent last = (await silo.Store.Jobs.ReadEventsAsync(Tenant, id, CancellationToken.None))[^1];
        Assert.Equal(("cancel", 1), (last.Transition, last.Attempt));
    }

    [Fact]
    public async Task A_queue_that_is_paused_while_it_starts_stays_paused()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async n =>
        {
            string name = $"{queue}-{n}";
            await silo.Queue(name).SetModeAsync(WorkMode.Paused);
            JobId id = (await silo.SubmitManyAsync([Addition() with { Queue = name }]))[0];
            WaitCause cause = WaitCause.Starting;
            await SiloFixture.UntilAsync("the queue has started", async () => (cause = (await silo.Job(id).WhyAsync(Tenant))!.Cause) != WaitCause.Starting);
            Assert.Equal(WaitCause.QueuePaused, cause);
        }));
    }

    [Fact]
    public async Task A_finished_job_cannot_be_cancelled_and_says_so()
    {
        JobView job = await silo.RunAsync("addition", """{"num1":1,"num2":2}""");
        IllegalTransitionException error = await Assert.ThrowsAsync<IllegalTransitionException>(() => silo.Job(job.Id).CancelAsync(Tenant, "ops", null));
        Assert.Equal(JobState.Completed, error.State);
    }

    [Fact]
    public async Task A_failed_job_is_redriven_once_a_key()
    {
        JobView failed = await silo.RunAsync("thrower", """{"error":"TypeError","message":"no"}""", s => s with { MaxAttempts = 1 });
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Equal(0, (await silo.Job(failed.Id).RedriveAsync(Tenant, "ops", "key-1"))!.Attempts);
        Assert.Equal(JobState.Failed, (await silo.EndOfAsync(failed.Id)).State);
        int runs = (await silo.ReadAsync(failed.Id)).Executions.Count;
        // The same key again: nothing happens.
        await silo.Job(failed.Id).RedriveAsync(Tenant, "ops", "key-1");
        Assert.Equal(JobState.Failed, (await silo.ReadAsync(failed.Id)).State);
        Assert.Equal((2, 2), (runs, (await silo.ReadAsync(failed.Id)).Executions.Count));
        JobView completed = await silo.RunAsync("addition", """{"num1":1,"num2":2}""");
        await Assert.ThrowsAsync<IllegalTransitionException>(() => silo.Job(completed.Id).RedriveAsync(Tenant, "ops", null));
        JobView other = await silo.RunAsync("thrower", """{"error":"TypeError","message":"no"}""", s => s with { MaxAttempts = 1 });
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => silo.Job(other.Id).RedriveAsync(Tenant, "ops", "key-1"));
    }

    [Fact]
    public async Task A_job_that_waits_for_its_backoff_goes_at_once_when_it_is_retried()
    {
        JobId id = (await silo.SubmitAsync("slow-retry", "{}", s => s with { Queue = queue })).Job!.Id;
        await SiloFixture.UntilAsync("it waits", async () => (await silo.ReadAsync(id)).State == JobState.Retrying);
        await silo.Job(id).RedriveAsync(Tenant, "ops", null);
        Assert.Equal((JobState.Completed, 2), ((await silo.EndOfAsync(id)).State, (await silo.ReadAsync(id)).Attempts));
    }

    [Fact]
    public async Task A_waiting_job_that_gets_another_priority_takes_its_new_place()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        IReadOnlyList<JobId> ids = await silo.SubmitManyAsync(Enumerable.Range(0, 3).Select(_ => Addition()));
        Assert.Equal(JobPriority.Urgent, (await silo.Job(ids[2]).ReprioritiseAsync(Tenant, JobPriority.Urgent, "ops"))!.Priority);
        Assert.Equal(0L, (await silo.Job(ids[2]).WhyAsync(Tenant))!.Ahead);
        Assert.Equal(1L, (await silo.Job(ids[0]).WhyAsync(Tenant))!.AheadByPriority);
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        foreach (JobId id in ids) await silo.EndOfAsync(id);
        await Assert.ThrowsAsync<IllegalTransitionException>(() => silo.Job(ids[0]).ReprioritiseAsync(Tenant, JobPriority.Low, "ops"));
    }

    [Fact]
    public async Task Only_a_job_at_an_end_is_deleted()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId waiting = (await silo.SubmitManyAsync([Addition()]))[0];
        await Assert.ThrowsAsync<IllegalTransitionException>(() => silo.Job(waiting).DeleteAsync(Tenant, "ops"));
        await silo.Job(waiting).CancelAsync(Tenant, "ops", null);
        Assert.True(await silo.Job(waiting).DeleteAsync(Tenant, "ops"));
        Assert.False(await silo.Job(waiting).DeleteAsync(Tenant, "ops"));
        Assert.Equal("delete", (await silo.Store.Jobs.ReadEventsAsync(Tenant, waiting, CancellationToken.None))[^1].Transition);
    }

    [Fact]
    public async Task A_draining_queue_and_a_draining_task_take_no_more_jobs_and_finish_what_they_have()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId before = (await silo.SubmitManyAsync([Addition()]))[0];
        await silo.Queue(queue).SetModeAsync(WorkMode.Draining);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(before)).State);
        Assert.Equal(RejectionCode.Draining, (await silo.SubmitAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue })).Rejection?.Code);
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        await silo.RunAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue });
        ITaskGrain task = silo.Grains.GetGrain<ITaskGrain>("default/convert-currency");
        await task.SetModeAsync(WorkMode.Draining);
        Assert.Equal(RejectionCode.Draining, (await silo.SubmitAsync("convert-currency", "{}")).Rejection!.Code);
        await task.SetModeAsync(WorkMode.Active);
    }

    [Fact]
    public async Task A_deadline_that_passes_before_the_start_expires_the_job()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId id = (await silo.SubmitManyAsync([Addition() with { Deadline = silo.Time.GetUtcNow().AddMilliseconds(300) }]))[0];
        Assert.Equal((JobState.Expired, 0), ((await silo.EndOfAsync(id)).State, (await silo.ReadAsync(id)).Executions.Count));
    }

    [Fact]
    public async Task A_deadline_is_met_by_the_first_attempt_and_retries_do_not_expire()
    {
        DateTimeOffset deadline = silo.Time.GetUtcNow().AddMinutes(2);
        var retry = new RetryPolicy { Delays = [TimeSpan.FromHours(1)] };
        JobId id = (await silo.SubmitAsync("slow-retry", "{}", s => s with { Queue = queue, Deadline = deadline, Retry = retry })).Job!.Id;
        await SiloFixture.UntilAsync("it waits for its second attempt", async () => (await silo.ReadAsync(id)).State == JobState.Retrying);
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId other = (await silo.SubmitManyAsync([Addition() with { Deadline = deadline }]))[0];
        silo.Time.Advance(TimeSpan.FromMinutes(3));
        await silo.Queue(queue).NoteDueAsync(silo.Time.GetUtcNow());
        Assert.Equal(JobState.Expired, (await silo.EndOfAsync(other)).State);
        Assert.Equal((WaitCause.Backoff, null), ((await silo.Job(id).WhyAsync(Tenant))!.Cause, (await silo.ReadAsync(id)).Deadline));
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        await silo.Job(id).RedriveAsync(Tenant, "ops", null);
        Assert.Equal((JobState.Completed, 2), ((await silo.EndOfAsync(id)).State, (await silo.ReadAsync(id)).Attempts));
    }

    [Fact]
    public async Task A_job_that_waits_too_long_escalates()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId id = (await silo.SubmitManyAsync([Addition() with { EscalateAfter = TimeSpan.FromMilliseconds(200), EscalateTo = JobPriority.High }]))[0];
        await SiloFixture.UntilAsync("its priority is raised", async () => (await silo.ReadAsync(id)).Priority == JobPriority.High);
    }

    [Fact]
    public async Task A_job_that_ends_its_workers_is_quarantined_with_the_evidence()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        JobId id = (await silo.SubmitManyAsync([Addition()]))[0];
        for (int lost = 0; lost < 4; lost++)
        {
            ReadyJob ready = (await silo.Store.Jobs.ReadReadyAsync(Tenant, id, CancellationToken.None))!;
            Assert.Equal(lost == 3, ready.Alone);
            await silo.Job(id).AttemptFailedAsync(new FailedAttempt
            {
                Queue = new QueueKey(Tenant, queue),
                Job = ready,
                Execution = Guid.CreateVersion7(),
                Failure = new Failure(FailureKind.WorkerLost, "WorkerLost", $"exit code {139 + lost}"),
                Node = "node-1",
                StartedAt = silo.Time.GetUtcNow(),
                FinishedAt = silo.Time.GetUtcNow(),
            });
        }

        JobView job = await silo.ReadAsync(id);
        Assert.Equal((JobState.Quarantined, 0, 4), (job.State, job.Attempts, job.LostWorkers));
        foreach (int code in Enumerable.Range(139, 4)) Assert.Contains($"exit code {code}", job.Failure!.Details, StringComparison.Ordinal);
        Assert.Empty(HistoryChecker.Check(await silo.HistoriesAsync([id]), new Expectations { Acknowledged = [id] }));
    }

    [Fact]
    public async Task A_bulk_operation_changes_what_its_filter_picks_and_tells_how_far_it_is()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        IReadOnlyList<JobId> ids = [.. (await silo.SubmitManyAsync(Enumerable.Range(0, 700).Select(_ => Addition()))), .. await silo.SubmitManyAsync([Addition() with { Task = "busy" }])];
        BulkView done = await BulkAsync(new BulkRequest(BulkAction.Cancel, new JobFilter { Queue = queue, Task = "addition" }, null, null, "ops", "bulk-" + queue));
        Assert.Equal(("COMPLETED", 700L, 700L, 0L), (done.State, done.Total, done.Changed, done.Skipped));
        Assert.Equal(JobState.Queued, (await silo.ReadAsync(ids[^1])).State);
        // The same key again leads to the same operation.
        BulkView again = await silo.Grains.GetGrain<IBulkGrain>(Guid.CreateVersion7()).StartAsync(Tenant, new BulkRequest(BulkAction.Cancel, new JobFilter { Queue = queue, Task = "addition" }, null, null, "ops", "bulk-" + queue));
        Assert.Equal(done.Id, again.Id);
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => BulkAsync(new BulkRequest(BulkAction.Cancel, new JobFilter { Queue = queue }, null, null, "ops", "bulk-" + queue)));

        await BulkAsync(new BulkRequest(BulkAction.Retry, new JobFilter { Queue = queue, States = [JobState.Cancelled] }, null, null, "ops", null));
        Assert.Equal(701L, (await silo.Store.Jobs.CountByStateAsync(new QueueKey(Tenant, queue), CancellationToken.None))[JobState.Queued]);
        Assert.Equal(701L, (await BulkAsync(new BulkRequest(BulkAction.Reprioritise, new JobFilter { Queue = queue }, null, JobPriority.High, "ops", null))).Changed);
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        foreach (JobId id in ids.Take(700)) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
        Assert.True((await BulkAsync(new BulkRequest(BulkAction.Delete, new JobFilter { Queue = queue }, null, null, "ops", null))).Changed >= 700);
        await Assert.ThrowsAsync<BulkRequestException>(() => BulkAsync(new BulkRequest(BulkAction.Cancel, new JobFilter(), null, null, "ops", null)));
    }

    [Fact]
    public async Task A_job_is_not_retried_while_another_one_has_its_unique_key_neither_alone_nor_in_bulk()
    {
        await silo.Queue(queue).SetModeAsync(WorkMode.Paused);
        Submission unique = Addition() with { Unique = new UniqueRule("only-" + queue, null, UniqueConflict.Reject) };
        JobId first = (await silo.SubmitManyAsync([unique]))[0], other = (await silo.SubmitManyAsync([Addition()]))[0];
        await silo.Job(first).CancelAsync(Tenant, "ops", null);
        await silo.Job(other).CancelAsync(Tenant, "ops", null);
        JobId second = (await silo.SubmitManyAsync([unique]))[0];
        UniqueKeyHeldException held = await Assert.ThrowsAsync<UniqueKeyHeldException>(() => silo.Job(first).RedriveAsync(Tenant, "ops", null));
        Assert.Equal((second, "only-" + queue), (held.Holder, held.Key));

        var all = new BulkRequest(BulkAction.Retry, new JobFilter { Queue = queue, States = [JobState.Cancelled] }, null, null, "ops", null);
        BulkView retried = await BulkAsync(all);
        Assert.Equal((1L, 1L), (retried.Changed, retried.Skipped));
        Assert.Equal((JobState.Cancelled, JobState.Queued), ((await silo.ReadAsync(first)).State, (await silo.ReadAsync(other)).State));

        await silo.Job(second).CancelAsync(Tenant, "ops", null);
        await silo.Job(first).RedriveAsync(Tenant, "ops", null);
        SubmitResult refused = await silo.SubmitAsync("addition", """{"num1":1,"num2":2}""", s => s with { Queue = queue, Unique = unique.Unique });
        Assert.Equal(RejectionCode.UniqueConflict, refused.Rejection!.Code);
        await silo.Queue(queue).SetModeAsync(WorkMode.Active);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(first)).State);
    }

    private async Task<BulkView> BulkAsync(BulkRequest request)
    {
        IBulkGrain operation = silo.Grains.GetGrain<IBulkGrain>(Guid.CreateVersion7());
        BulkView view = await operation.StartAsync(Tenant, request);
        await SiloFixture.UntilAsync("the operation is done", async () => (view = (await operation.GetAsync(Tenant))!).State != "RUNNING");
        return view;
    }
}

[Collection("sqlite silo")]
public sealed class SqliteControlTests(SqliteSilo silo) : ControlTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresControlTests(PostgresSilo silo) : ControlTests(silo);

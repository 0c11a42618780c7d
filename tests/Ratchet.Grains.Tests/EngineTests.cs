using System.Text;
using Orleans.Runtime;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests;

/// <summary>The engine from submit to result, over both databases, with real sandboxes.</summary>
public abstract class EngineTests(SiloFixture silo)
{
    [Fact]
    public async Task A_job_runs_and_its_result_comes_back()
    {
        JobView job = await silo.RunAsync("addition", """{"num1":5,"num2":10}""");
        Assert.Equal(JobState.Completed, job.State);
        Assert.Equal("""{"sum":15}""", Encoding.UTF8.GetString(job.Output!));
        ExecutionView execution = Assert.Single(job.Executions);
        Assert.Equal(("COMPLETED", 1), (execution.Outcome, execution.Attempt));
        Assert.True(execution.StartedAt <= execution.FinishedAt);
        Assert.NotNull(job.FinishedAt);
    }

    [Fact]
    public async Task An_input_that_does_not_match_is_refused_with_pointers_and_nothing_is_stored()
    {
        SubmitResult result = await silo.SubmitAsync("addition", """{"num1":"five"}""");
        Assert.Equal(RejectionCode.InvalidInput, result.Rejection!.Code);
        Assert.Contains(result.Rejection.Errors, e => e.Pointer == "/num1");
        Assert.Null(result.Job);
    }

    [Theory]
    [InlineData("no-such-task", null, RejectionCode.UnknownTask)]
    [InlineData("addition", "99.0.0", RejectionCode.UnknownVersion)]
    public async Task An_unknown_task_or_version_is_refused(string task, string? version, RejectionCode code)
    {
        SubmitResult result = await silo.SubmitAsync(task, """{"num1":1,"num2":2}""", s => s with { Version = version });
        Assert.Equal(code, result.Rejection!.Code);
    }

    [Fact]
    public async Task One_bad_submission_does_not_hold_up_the_others()
    {
        Submission Of(string task, string input) => new() { Task = task, Input = Encoding.UTF8.GetBytes(input) };
        SubmitReply reply = await silo.Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant,
            [Of("addition", """{"num1":1,"num2":2}"""), Of("nothing", "{}"), Of("addition", """{"num1":1}"""), Of("addition", """{"num1":3,"num2":4}""")]);
        Assert.Equal([true, false, false, true], reply.Results.Select(r => r.Job is not null));
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(reply.Results[3].Job!.Id)).State);
    }

    [Fact]
    public async Task A_failing_task_is_tried_as_often_as_its_policy_says_and_then_fails()
    {
        JobView job = await silo.RunAsync("thrower", """{"error":"NetworkError","message":"down"}""");
        Assert.Equal((JobState.Failed, 3), (job.State, job.Attempts));
        Assert.Equal(["FAILED", "FAILED", "FAILED"], job.Executions.Select(e => e.Outcome));
        Assert.Equal([1, 2, 3], job.Executions.Select(e => e.Attempt));
        Assert.Equal((FailureKind.TaskError, "NetworkError", "down"), (job.Failure!.Kind, job.Failure.Name, job.Failure.Message));
    }

    [Fact]
    public async Task An_error_that_no_attempt_mends_fails_at_once()
    {
        JobView job = await silo.RunAsync("thrower", """{"error":"DataError","message":"broken"}""");
        Assert.Equal((JobState.Failed, 1), (job.State, job.Attempts));
    }

    [Fact]
    public async Task A_task_that_fails_twice_succeeds_on_its_third_attempt()
    {
        JobView job = await silo.RunAsync("succeed-later", """{"succeedOnAttempt":3}""");
        Assert.Equal((JobState.Completed, 3), (job.State, job.Attempts));
        Assert.Equal(["FAILED", "FAILED", "COMPLETED"], job.Executions.Select(e => e.Outcome));
        Assert.Null(job.Failure);
    }

    [Fact]
    public async Task The_same_idempotency_key_returns_the_same_job_and_another_payload_is_refused()
    {
        const string Input = """{"num1":1,"num2":1}""";
        SubmitResult first = await silo.SubmitAsync("addition", Input, s => s with { IdempotencyKey = "once" });
        SubmitResult again = await silo.SubmitAsync("addition", Input, s => s with { IdempotencyKey = "once" });
        SubmitResult other = await silo.SubmitAsync("addition", """{"num1":1,"num2":2}""", s => s with { IdempotencyKey = "once" });
        Assert.Equal(first.Job!.Id, again.Job!.Id);
        Assert.True(again.Existing);
        Assert.Equal(RejectionCode.IdempotencyConflict, other.Rejection!.Code);
    }

    [Fact]
    public async Task A_job_with_a_run_at_waits_for_it()
    {
        DateTimeOffset runAt = silo.Time.GetUtcNow().AddMilliseconds(400);
        SubmitResult result = await silo.SubmitAsync("addition", """{"num1":1,"num2":2}""", s => s with { RunAt = runAt });
        Assert.Equal(JobState.Scheduled, result.Job!.State);
        JobView job = await silo.EndOfAsync(result.Job.Id);
        Assert.Equal(JobState.Completed, job.State);
        Assert.True(job.Executions[0].StartedAt >= runAt.AddMilliseconds(-1), $"started {job.Executions[0].StartedAt:O}, due {runAt:O}");
    }

    [Fact]
    public async Task A_wait_of_a_minute_or_more_has_a_reminder_of_the_jobs_own()
    {
        JobId id = (await silo.SubmitAsync("slow-retry", "{}")).Job!.Id;
        await SiloFixture.UntilAsync("the job waits for its second attempt", async () => (await silo.ReadAsync(id)).State == JobState.Retrying);
        var grain = silo.Grains.GetGrain<IJobGrain>(id.Value);
        var table = (IReminderTable)silo.Services.GetService(typeof(IReminderTable))!;
        await SiloFixture.UntilAsync("the reminder is stored", async () => (await table.ReadRows(grain.GetGrainId())).Reminders.Count == 1);

        // Two minutes on, the tick: the job is promoted, runs, and its reminder is gone.
        silo.Time.Advance(TimeSpan.FromMinutes(2));
        await grain.AsReference<IRemindable>().ReceiveReminder("backoff/default", new TickStatus());
        JobView job = await silo.EndOfAsync(id);
        Assert.Equal((JobState.Completed, 2), (job.State, job.Attempts));
        Assert.Empty((await table.ReadRows(grain.GetGrainId())).Reminders);
    }

    [Fact]
    public async Task Large_inputs_are_read_from_the_store_by_the_node()
    {
        string text = new('x', Limits.InlineInputBytes + 1);
        JobView job = await silo.RunAsync("busy", $$"""{"ms":0,"n":"{{text}}"}""");
        Assert.Equal(JobState.Completed, job.State);
        Assert.Contains(text, Encoding.UTF8.GetString(job.Output!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_tasks_among_a_thousand_good_jobs_end_with_their_kind_and_harm_nobody()
    {
        var good = new List<JobId>();
        async Task SubmitGoodAsync(int count)
        {
            Submission[] batch = [.. Enumerable.Range(0, count).Select(_ => new Submission { Task = "addition", Input = """{"num1":1,"num2":2}"""u8.ToArray() })];
            SubmitReply reply = await silo.Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant, batch);
            good.AddRange(reply.Results.Select(r => r.Job!.Id));
        }

        await SubmitGoodAsync(300);
        JobId endless = (await silo.SubmitAsync("endless", "{}")).Job!.Id;
        await SubmitGoodAsync(300);
        JobId hog = (await silo.SubmitAsync("memory-hog", "{}")).Job!.Id;
        await SubmitGoodAsync(300);
        JobId thrower = (await silo.SubmitAsync("thrower", """{"error":"TypeError","message":"no"}""")).Job!.Id;
        await SubmitGoodAsync(100);

        foreach (JobId id in good) Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
        Assert.Equal((JobState.Failed, FailureKind.Timeout), Kind(await silo.EndOfAsync(endless)));
        Assert.Equal((JobState.Failed, FailureKind.OutOfMemory), Kind(await silo.EndOfAsync(hog)));
        Assert.Equal((JobState.Failed, FailureKind.TaskError), Kind(await silo.EndOfAsync(thrower)));
        Assert.Equal(JobState.Completed, (await silo.RunAsync("addition", """{"num1":1,"num2":2}""")).State);
    }

    private static (JobState, FailureKind) Kind(JobView job) => (job.State, job.Failure!.Kind);
}

[Collection("sqlite silo")]
public sealed class SqliteEngineTests(SqliteSilo silo) : EngineTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresEngineTests(PostgresSilo silo) : EngineTests(silo);

[CollectionDefinition("sqlite silo")]
public sealed class SqliteSiloCollection : ICollectionFixture<SqliteSilo>;

[CollectionDefinition("postgresql silo")]
public sealed class PostgresSiloCollection : ICollectionFixture<PostgresSilo>;

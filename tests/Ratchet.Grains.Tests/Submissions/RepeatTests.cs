using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Submissions;

/// <summary>The same idempotency key again, after something has changed that a first submit would be refused for.</summary>
public abstract class RepeatTests(SiloFixture silo)
{
    private const string Input = """{"num1":1,"num2":2}""";
    private readonly string queue = $"repeat-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task Relative_times_count_from_the_first_submit()
    {
        Submission With(Submission s) => s with { Queue = queue, IdempotencyKey = $"{queue}-times", Delay = TimeSpan.FromMinutes(10), ExpiresIn = TimeSpan.FromHours(1) };
        JobView first = (await silo.SubmitAsync("addition", Input, With)).Job!;
        Assert.Equal(TimeSpan.FromHours(1), first.Deadline - first.CreatedAt);
        Assert.Equal(TimeSpan.FromMinutes(10), first.DueAt - first.CreatedAt);
        silo.Time.Advance(TimeSpan.FromSeconds(5));
        await AssertSameAsync(first.Id, With);
        JobView job = await silo.ReadAsync(first.Id);
        Assert.Equal((first.Deadline, first.DueAt), (job.Deadline, job.DueAt));
        SubmitResult other = await silo.SubmitAsync("addition", Input, s => With(s) with { ExpiresIn = TimeSpan.FromHours(2) });
        Assert.Equal(RejectionCode.IdempotencyConflict, other.Rejection!.Code);
    }

    [Fact]
    public async Task Absolute_times_may_have_passed()
    {
        DateTimeOffset now = silo.Time.GetUtcNow();
        Submission With(Submission s) => s with { Queue = queue, IdempotencyKey = $"{queue}-passed", RunAt = now, Deadline = now.AddSeconds(90) };
        JobId first = (await silo.SubmitAsync("addition", Input, With)).Job!.Id;
        await silo.EndOfAsync(first);
        silo.Time.Advance(TimeSpan.FromMinutes(2));
        await AssertSameAsync(first, With);
        // Without the key it is as wrong as ever, and so is another job with the key.
        Assert.Equal(RejectionCode.InvalidField, (await silo.SubmitAsync("addition", Input, s => With(s) with { IdempotencyKey = null })).Rejection!.Code);
        Assert.Equal(RejectionCode.InvalidField, (await silo.SubmitAsync("addition", Input, s => With(s) with { RunAt = now.AddSeconds(-1) })).Rejection!.Code);
    }

    [Fact]
    public async Task The_queue_may_drain_meanwhile()
    {
        Submission With(Submission s) => s with { Queue = queue, IdempotencyKey = $"{queue}-drain" };
        JobId first = (await silo.SubmitAsync("addition", Input, With)).Job!.Id;
        await silo.Queue(queue).SetModeAsync(WorkMode.Draining);
        await SiloFixture.UntilAsync("submits are refused", async () => (await silo.SubmitAsync("addition", Input, s => s with { Queue = queue })).Rejection is not null);
        await AssertSameAsync(first, With);
    }

    [Theory]
    [InlineData(UniqueConflict.Reject)]
    [InlineData(UniqueConflict.Existing)]
    [InlineData(UniqueConflict.Replace)]
    public async Task A_unique_key_that_its_own_job_holds_is_in_nobodys_way(UniqueConflict conflict)
    {
        const string Naps = """{"ms":700}""";
        Submission With(Submission s) => s with { Queue = queue, Task = "sleeper", IdempotencyKey = $"{queue}-unique", Unique = new UniqueRule(queue, null, conflict), Input = System.Text.Encoding.UTF8.GetBytes(Naps) };
        JobId first = (await silo.SubmitAsync("sleeper", Naps, With)).Job!.Id;
        await SiloFixture.UntilAsync("it runs", async () => (await silo.Queue(queue).StatsAsync()).InFlight == 1);
        await AssertSameAsync(first, With);
        // Undisturbed.
        Assert.Equal((JobState.Completed, 1), ((await silo.EndOfAsync(first)).State, (await silo.ReadAsync(first)).Executions.Count));
    }

    [Fact]
    public async Task A_debounced_job_is_not_put_off_by_a_repeat()
    {
        Submission With(Submission s) => s with { Queue = queue, IdempotencyKey = $"{queue}-debounce", Debounce = new DebounceRule(queue, TimeSpan.FromMinutes(5), null) };
        JobView first = (await silo.SubmitAsync("addition", Input, With)).Job!;
        silo.Time.Advance(TimeSpan.FromSeconds(5));
        await AssertSameAsync(first.Id, With);
        Assert.Equal(first.DueAt, (await silo.ReadAsync(first.Id)).DueAt);
        SubmitResult other = await silo.SubmitAsync("addition", """{"num1":3,"num2":4}""", With);
        Assert.Equal(RejectionCode.IdempotencyConflict, other.Rejection!.Code);
    }

    [Fact]
    public async Task An_answer_that_was_another_job_stays_the_answer()
    {
        var rule = new UniqueRule(queue, null, UniqueConflict.Existing);
        JobId holder = (await silo.SubmitAsync("sleeper", """{"ms":60000}""", s => s with { Queue = queue, Unique = rule })).Job!.Id;
        Submission With(Submission s) => s with { Queue = queue, IdempotencyKey = $"{queue}-existing", Unique = rule };
        await AssertSameAsync(holder, With);
        Assert.Equal(RejectionCode.IdempotencyConflict, (await silo.SubmitAsync("addition", """{"num1":3,"num2":4}""", With)).Rejection!.Code);
        await silo.Job(holder).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await AssertSameAsync(holder, With);
        Assert.Equal(RejectionCode.IdempotencyConflict, (await silo.SubmitAsync("addition", """{"num1":3,"num2":4}""", With)).Rejection!.Code);
        // Without the key it is a job of its own.
        Assert.NotEqual(holder, (await silo.RunAsync("addition", Input, s => With(s) with { IdempotencyKey = null })).Id);
    }

    [Fact]
    public async Task A_repeat_of_a_submit_that_put_a_job_off_changes_nothing()
    {
        Submission With(Submission s, int n) =>
            s with { Queue = queue, IdempotencyKey = $"{queue}-put-off-{n}", Debounce = new DebounceRule(queue, TimeSpan.FromMinutes(5), null), Input = System.Text.Encoding.UTF8.GetBytes($$"""{"num1":{{n}},"num2":2}""") };
        JobId first = (await silo.SubmitAsync("addition", Input, s => With(s, 1))).Job!.Id;
        foreach (int n in new[] { 2, 3 }) Assert.Equal(first, (await silo.SubmitAsync("addition", Input, s => With(s, n))).Job!.Id);
        await AssertSameAsync(first, s => With(s, 2));
        Assert.Contains("\"num1\":3", System.Text.Encoding.UTF8.GetString((await silo.ReadAsync(first)).Input!), StringComparison.Ordinal);
        Assert.Equal(RejectionCode.IdempotencyConflict, (await silo.SubmitAsync("addition", Input, s => With(s, 2) with { Priority = JobPriority.Low })).Rejection!.Code);
        await silo.Job(first).RedriveAsync(QueueKey.DefaultTenant, "test", null);
        await silo.EndOfAsync(first);
        foreach (int n in new[] { 1, 2, 3 }) await AssertSameAsync(first, s => With(s, n));
    }

    [Fact]
    public async Task A_job_that_is_deleted_is_not_said_to_be_there()
    {
        Submission With(Submission s) => s with { Queue = queue, IdempotencyKey = $"{queue}-deleted" };
        JobId first = (await silo.RunAsync("addition", Input, With)).Id;
        Assert.True(await silo.Job(first).DeleteAsync(QueueKey.DefaultTenant, "ops"));
        SubmitResult again = await silo.SubmitAsync("addition", Input, With);
        Assert.Contains("which is deleted", again.Rejection?.Message, StringComparison.Ordinal);
    }

    private async Task AssertSameAsync(JobId first, Func<Submission, Submission> with)
    {
        SubmitResult again = await silo.SubmitAsync("addition", Input, with);
        Assert.True(again.Rejection is null, again.Rejection?.Message);
        Assert.Equal((first, true), (again.Job!.Id, again.Existing));
    }
}

[Collection("sqlite silo")]
public sealed class SqliteRepeatTests(SqliteSilo silo) : RepeatTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresRepeatTests(PostgresSilo silo) : RepeatTests(silo);

using System.Text;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Submissions;

/// <summary>Submits with a debounce key, through the engine.</summary>
public abstract class DebouncedSubmitTests(SiloFixture silo)
{
    private readonly string queue = $"debounced-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task Another_tasks_job_with_the_key_is_let_alone()
    {
        JobId addition = await SubmitAsync("addition", """{"num1":1,"num2":2}""", TimeSpan.FromMilliseconds(200));
        JobId sleeper = await SubmitAsync("sleeper", """{"ms":0,"n":7}""", TimeSpan.FromMilliseconds(200));
        Assert.NotEqual(addition, sleeper);
        Assert.Equal(("addition", """{"sum":3}"""), await EndAsync(addition));
        Assert.Equal(("sleeper", """{"n":7}"""), await EndAsync(sleeper));
    }

    [Fact]
    public async Task The_last_submit_says_in_which_queue_and_with_what_the_job_runs()
    {
        JobId first = await SubmitAsync("addition", """{"num1":1,"num2":2}""", TimeSpan.FromHours(1));
        JobId last = await SubmitAsync("addition", """{"num1":3,"num2":4}""", TimeSpan.FromMilliseconds(50), s => s with { Queue = queue + "-b", Priority = JobPriority.High, MaxAttempts = 9 });
        Assert.Equal(first, last);
        Assert.Equal(("addition", """{"sum":7}"""), await EndAsync(first));
        JobView job = await silo.ReadAsync(first);
        Assert.Equal((queue + "-b", JobPriority.High, 9), (job.Queue, job.Priority, job.MaxAttempts));
    }

    [Fact]
    public async Task Each_submit_renews_the_time_after_which_the_job_expires()
    {
        TimeSpan delay = TimeSpan.FromMinutes(5), life = TimeSpan.FromHours(1);
        JobId first = await SubmitAsync("addition", """{"num1":1,"num2":2}""", delay, s => s with { ExpiresIn = life });
        DateTimeOffset before = (await silo.ReadAsync(first)).Deadline!.Value;
        silo.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, await SubmitAsync("addition", """{"num1":1,"num2":2}""", delay, s => s with { ExpiresIn = life }));
        JobView job = await silo.ReadAsync(first);
        Assert.InRange(job.Deadline!.Value - before, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(14));
        Assert.True(job.DueAt < job.Deadline);
        JobExplanation why = (await silo.Job(first).WhyAsync(QueueKey.DefaultTenant))!;
        Assert.Equal((WaitCause.RunAt, job.DueAt), (why.Cause, why.Until));
        silo.Time.Advance(delay);
        await silo.Queue(queue).NoteDueAsync(silo.Time.GetUtcNow());
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(first)).State);
    }

    private async Task<JobId> SubmitAsync(string task, string input, TimeSpan delay, Func<Submission, Submission>? with = null)
    {
        Submission With(Submission s) => s with { Queue = queue, Debounce = new DebounceRule(queue, delay, null) };
        SubmitResult result = await silo.SubmitAsync(task, input, s => with is null ? With(s) : with(With(s)));
        Assert.True(result.Rejection is null, result.Rejection?.Message);
        return result.Job!.Id;
    }

    private async Task<(string, string)> EndAsync(JobId id)
    {
        JobView job = await silo.EndOfAsync(id);
        Assert.Equal(JobState.Completed, job.State);
        return (job.Task, Encoding.UTF8.GetString(job.Output!));
    }
}

[Collection("sqlite silo")]
public sealed class SqliteDebouncedSubmitTests(SqliteSilo silo) : DebouncedSubmitTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresDebouncedSubmitTests(PostgresSilo silo) : DebouncedSubmitTests(silo);

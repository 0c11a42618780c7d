using Ratchet.Bulk;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Schedules;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Tasks;

/// <summary>Tasks out of use, over both databases.</summary>
public abstract class TaskRemovalTests(SiloFixture silo)
{
    private static int made;
    private readonly string name = $"removable-{Interlocked.Increment(ref made)}";

    private ITaskGrain Grain => silo.Grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{name}");

    [Fact]
    public async Task A_disabled_task_takes_no_jobs_until_it_is_enabled()
    {
        await PutAsync();
        await Grain.EnableAsync(false);
        Rejection refused = (await SubmitAsync()).Rejection!;
        Assert.Equal((RejectionCode.TaskDisabled, $"Task '{name}' is disabled and takes no new jobs; enable it first."), (refused.Code, refused.Message));
        Assert.False((await ListedAsync())!.Enabled);
        await Grain.EnableAsync(true);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync((await SubmitAsync()).Job!.Id)).State);
    }

    [Fact]
    public async Task What_was_there_before_it_was_disabled_is_done()
    {
        await PutAsync();
        SubmitResult later = await SubmitAsync(s => s with { Delay = TimeSpan.FromMinutes(5) });
        await Grain.EnableAsync(false);
        await silo.Job(later.Job!.Id).RedriveAsync(QueueKey.DefaultTenant, "test", null);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(later.Job.Id)).State);
    }

    [Fact]
    public async Task A_job_whose_task_was_deleted_is_not_brought_back_neither_alone_nor_in_bulk()
    {
        TaskPackage package = await PutAsync();
        JobId id = (await SubmitAsync(s => s with { Queue = name, Delay = TimeSpan.FromMinutes(5) })).Job!.Id;
        await silo.Job(id).CancelAsync(QueueKey.DefaultTenant, "test", null);
        await Grain.DeleteAsync();
        await Assert.ThrowsAsync<TaskGoneException>(() => silo.Job(id).RedriveAsync(QueueKey.DefaultTenant, "test", null));
        IBulkGrain operation = silo.Grains.GetGrain<IBulkGrain>(Guid.CreateVersion7());
        BulkView view = await operation.StartAsync(QueueKey.DefaultTenant, new BulkRequest(BulkAction.Retry, new JobFilter { Queue = name, States = [JobState.Cancelled] }, null, null, "test", null));
        await SiloFixture.UntilAsync("the operation is done", async () => (view = (await operation.GetAsync(QueueKey.DefaultTenant))!).State != "RUNNING");
        Assert.Equal((1L, 0L, 1L), (view.Total, view.Changed, view.Skipped));
        Assert.Equal(JobState.Cancelled, (await silo.ReadAsync(id)).State);
        await Grain.PutAsync(package);
        await silo.Job(id).RedriveAsync(QueueKey.DefaultTenant, "test", null);
        Assert.Equal(JobState.Completed, (await silo.EndOfAsync(id)).State);
    }

    [Fact]
    public async Task A_task_is_deleted_when_nothing_needs_it()
    {
        TaskPackage package = await PutAsync();
        SubmitResult waiting = await SubmitAsync(s => s with { Delay = TimeSpan.FromHours(1) });
        TaskInUseException used = await Assert.ThrowsAsync<TaskInUseException>(() => Grain.DeleteAsync());
        Assert.StartsWith($"1 job of task '{name}' is not at an end", used.Message, StringComparison.Ordinal);
        Assert.True((await Grain.GetAsync())!.Enabled);
        await silo.Job(waiting.Job!.Id).CancelAsync(QueueKey.DefaultTenant, "test", null);

        IScheduleGrain schedule = silo.Grains.GetGrain<IScheduleGrain>(new ScheduleKey(QueueKey.DefaultTenant, name).GrainKey);
        await schedule.CreateAsync(new ScheduleDefinition { Id = name, Cron = "@yearly", Job = Submission });
        Assert.Contains($"Schedule '{name}'", (await Assert.ThrowsAsync<TaskInUseException>(() => Grain.DeleteAsync())).Message, StringComparison.Ordinal);
        await schedule.DeleteAsync();

        await Grain.DeleteAsync();
        Assert.Null(await Grain.GetAsync());
        Assert.Null(await ListedAsync());
        Assert.Equal(RejectionCode.UnknownTask, (await SubmitAsync()).Rejection!.Code);
        await Assert.ThrowsAsync<UnknownTaskException>(() => Grain.DeleteAsync());

        // The same version may have another content then: nothing is left that it could contradict.
        await Grain.PutAsync(package with { MainJs = "(function () { return 2; })", Digest = Digest() });
        Assert.Equal("2", System.Text.Encoding.UTF8.GetString((await silo.EndOfAsync((await SubmitAsync()).Job!.Id)).Output!));
    }

    [Fact]
    public async Task A_task_whose_folder_is_gone_says_so()
    {
        await PutAsync();
        Assert.True((await Grain.GetAsync())!.SourceGone);
        Assert.False((await silo.Grains.GetGrain<ITaskGrain>("default/addition").GetAsync())!.SourceGone);
    }

    private Submission Submission => new() { Task = name, Input = "{}"u8.ToArray() };

    private async Task<TaskView?> ListedAsync() =>
        (await silo.Grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(QueueKey.DefaultTenant)).SingleOrDefault(t => t.Current.Name == name);

    private Task<SubmitResult> SubmitAsync(Func<Submission, Submission>? with = null) => silo.SubmitAsync(name, "{}", with);

    private async Task<TaskPackage> PutAsync()
    {
        TaskPackage package = new()
        {
            Name = name, Uuid = Guid.CreateVersion7(), Version = "1.0.0", Label = "l", Description = "d", Digest = Digest(), Metadata = "{}", InputSchema = "true", OutputSchema = "true",
            MainJs = "(function () { return 1; })", Execution = new TaskExecutionOptions(), Retry = new RetryPolicy(), Source = "/gone/removable",
        };
        await Grain.PutAsync(package);
        return package;
    }

    private static string Digest() => Guid.CreateVersion7().ToString("N") + Guid.CreateVersion7().ToString("N");
}

[Collection("sqlite silo")]
public sealed class SqliteTaskRemovalTests(SqliteSilo silo) : TaskRemovalTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresTaskRemovalTests(PostgresSilo silo) : TaskRemovalTests(silo);

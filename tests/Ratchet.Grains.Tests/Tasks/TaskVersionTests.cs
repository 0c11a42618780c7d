using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Schedules;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Tasks;

/// <summary>Which version of a task runs, over both databases.</summary>
public abstract class TaskVersionTests(SiloFixture silo)
{
    private static int made;
    private readonly string name = $"versioned-{Interlocked.Increment(ref made)}";
    private readonly Guid uuid = Guid.CreateVersion7();

    private ITaskGrain Grain => silo.Grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{name}");

    [Fact]
    public async Task A_job_runs_the_version_that_was_current_when_it_was_submitted_or_the_one_that_it_names()
    {
        await StoreAsync("1.0.0");
        SubmitResult early = await silo.SubmitAsync(name, "{}", s => s with { Delay = TimeSpan.FromMinutes(5) });
        Assert.False((await StoreAsync("2.0.0", PromotionRule.Never)).Current);
        Assert.Equal("\"1.0.0\"", await OutputAsync());
        Assert.Equal("\"2.0.0\"", await OutputAsync("2.0.0"));
        await Grain.PromoteAsync("2.0.0", "ann");
        Assert.Equal("\"2.0.0\"", await OutputAsync());
        await silo.Job(early.Job!.Id).RedriveAsync(QueueKey.DefaultTenant, "test", null);
        Assert.Equal("\"1.0.0\"", Text(await silo.EndOfAsync(early.Job.Id)));
        Assert.Equal(RejectionCode.UnknownVersion, (await SubmitAsync("3.0.0")).Rejection!.Code);
    }

    [Fact]
    public async Task A_roll_back_gives_a_version_up_and_a_second_one_goes_further_back()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0" }) await StoreAsync(version);
        await Grain.RollBackAsync("3.0.0", "ann");
        // Repeated after an answer that was lost, it does no more.
        Assert.Equal(TaskVersionStateException.NotCurrent, (await Assert.ThrowsAsync<TaskVersionStateException>(() => Grain.RollBackAsync("3.0.0", "ann"))).Code);
        Assert.Equal("\"2.0.0\"", await OutputAsync());
        await Grain.RollBackAsync(null, "bob");
        Assert.Equal("\"1.0.0\"", await OutputAsync());
        Assert.Equal(TaskVersionStateException.NoPrevious, (await Assert.ThrowsAsync<TaskVersionStateException>(() => Grain.RollBackAsync(null, "bob"))).Code);
        // A restart reads the sources again, which have what was rolled back.
        await StoreAsync("3.0.0");
        Assert.Equal("1.0.0", (await Grain.GetAsync())!.Current.Version);
        await StoreAsync("3.0.1");
        Assert.Equal("3.0.1", (await Grain.GetAsync())!.Current.Version);
        await Grain.PromoteAsync("3.0.1", "ann");
        Assert.Equal(
            [("3.0.1", PromotionKind.Stored, "source"), ("1.0.0", PromotionKind.RolledBack, "bob"), ("2.0.0", PromotionKind.RolledBack, "ann"), ("3.0.0", PromotionKind.Stored, "source")],
            (await Grain.GetPromotionsAsync(4)).Select(p => (p.Version, p.Kind, p.Actor)));
        Assert.Equal(6, (await Grain.GetPromotionsAsync(100)).Count);
    }

    [Fact]
    public async Task A_disabled_version_takes_no_jobs_and_does_not_become_current()
    {
        await StoreAsync("1.0.0");
        await StoreAsync("2.0.0");
        await Grain.EnableVersionAsync("1.0.0", false);
        Rejection refused = (await SubmitAsync("1.0.0")).Rejection!;
        Assert.Equal((RejectionCode.TaskDisabled, $"Version 1.0.0 of task '{name}' is disabled and takes no new jobs; enable it first, or name another."), (refused.Code, refused.Message));
        Assert.Equal("\"2.0.0\"", await OutputAsync());
        Assert.Equal(TaskVersionStateException.Disabled, (await Assert.ThrowsAsync<TaskVersionStateException>(() => Grain.PromoteAsync("1.0.0", "ann"))).Code);
        Assert.Equal(TaskVersionStateException.NoPrevious, (await Assert.ThrowsAsync<TaskVersionStateException>(() => Grain.RollBackAsync(null, "ann"))).Code);
        Assert.Equal(TaskVersionStateException.Current, (await Assert.ThrowsAsync<TaskVersionStateException>(() => Grain.EnableVersionAsync("2.0.0", false))).Code);
        await Grain.EnableVersionAsync("1.0.0", true);
        await Grain.RollBackAsync(null, "ann");
        Assert.Equal("\"1.0.0\"", await OutputAsync());
        Assert.Equal([("2.0.0", false, true), ("1.0.0", true, true)], (await Grain.GetVersionsAsync()).Select(v => (v.Reference.Version, v.Current, v.Enabled)));
    }

    [Fact]
    public async Task A_version_is_deleted_when_nothing_needs_it()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0" }) await StoreAsync(version);
        SubmitResult waiting = await silo.SubmitAsync(name, "{}", s => s with { Version = "1.0.0", Delay = TimeSpan.FromHours(1) });
        await Assert.ThrowsAsync<TaskInUseException>(() => Grain.DeleteVersionAsync("1.0.0"));
        Assert.True((await Grain.GetVersionAsync("1.0.0"))!.View.Enabled);
        await silo.Job(waiting.Job!.Id).CancelAsync(QueueKey.DefaultTenant, "test", null);

        IScheduleGrain schedule = silo.Grains.GetGrain<IScheduleGrain>(new ScheduleKey(QueueKey.DefaultTenant, name).GrainKey);
        await schedule.CreateAsync(new ScheduleDefinition { Id = name, Cron = "@yearly", Job = new Submission { Task = name, Version = "1.0.0", Input = "{}"u8.ToArray() } });
        Assert.Contains($"Schedule '{name}'", (await Assert.ThrowsAsync<TaskInUseException>(() => Grain.DeleteVersionAsync("1.0.0"))).Message, StringComparison.Ordinal);
        await schedule.DeleteAsync();

        await Grain.DeleteVersionAsync("1.0.0");
        Assert.Null(await Grain.GetVersionAsync("1.0.0"));
        Assert.Equal(RejectionCode.UnknownVersion, (await SubmitAsync("1.0.0")).Rejection!.Code);
        await Assert.ThrowsAsync<TaskGoneException>(() => silo.Job(waiting.Job.Id).RedriveAsync(QueueKey.DefaultTenant, "test", null));
        await Assert.ThrowsAsync<UnknownTaskVersionException>(() => Grain.DeleteVersionAsync("1.0.0"));
        Assert.Equal(TaskVersionStateException.Current, (await Assert.ThrowsAsync<TaskVersionStateException>(() => Grain.DeleteVersionAsync("2.0.0"))).Code);
    }

    [Fact]
    public async Task An_author_gets_a_revision_for_each_change_and_keeps_the_last_ones()
    {
        await StoreAsync("1.0.0");
        SubmitResult waiting = await silo.SubmitAsync(name, "{}", s => s with { Delay = TimeSpan.FromHours(1) });
        for (int i = 2; i <= Limits.TaskRevisions + 4; i++) await Grain.StoreAsync(Package("1.0.0", $"change {i}"), PromotionRule.Follow, "source");
        IReadOnlyList<TaskVersionView> versions = await Grain.GetVersionsAsync();
        Assert.Equal(Limits.TaskRevisions + 1, versions.Count);
        Assert.Equal($"1.0.0+r{Limits.TaskRevisions + 4}", versions.Single(v => v.Current).Reference.Version);
        Assert.Contains(versions, v => v.Reference.Version == "1.0.0");
        Assert.Equal($"\"change {Limits.TaskRevisions + 4}\"", await OutputAsync());
        await silo.Job(waiting.Job!.Id).RedriveAsync(QueueKey.DefaultTenant, "test", null);
        Assert.Equal("\"1.0.0\"", Text(await silo.EndOfAsync(waiting.Job.Id)));
    }

    private Task<StoredTask> StoreAsync(string version, PromotionRule rule = PromotionRule.IfNewer) => Grain.StoreAsync(Package(version, version), rule, "source");

    private Task<SubmitResult> SubmitAsync(string? version) => silo.SubmitAsync(name, "{}", s => s with { Version = version });

    private async Task<string> OutputAsync(string? version = null) => Text(await silo.RunAsync(name, "{}", s => s with { Version = version }));

    private static string Text(JobView job) => System.Text.Encoding.UTF8.GetString(job.Output!);

    private TaskPackage Package(string version, string output) => new()
    {
        Name = name, Uuid = uuid, Version = version, Label = "l", Description = "d", Metadata = "{}", InputSchema = "true", OutputSchema = "true",
        Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name + version + output))),
        MainJs = $"(function () {{ return '{output}'; }})", Execution = new TaskExecutionOptions(), Retry = new RetryPolicy(), Source = "/tasks/versioned",
    };
}

[Collection("sqlite silo")]
public sealed class SqliteTaskVersionTests(SqliteSilo silo) : TaskVersionTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresTaskVersionTests(PostgresSilo silo) : TaskVersionTests(silo);

using System.Text;
using Ratchet.Caching;
using Ratchet.Execution.Caching;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Ratchet.Grains.Tests.Caching;

/// <summary>Equal jobs of a task with a cache: one is run, the others are given its result. The task returns something new each time that it is run.</summary>
public abstract class SharedResultTests(SiloFixture silo)
{
    private const string Tenant = QueueKey.DefaultTenant;

    /// <summary>Keeps each test's inputs apart from those of all others.</summary>
    private readonly string test = Guid.CreateVersion7().ToString("N");
    private readonly string queue = $"shared-{Guid.CreateVersion7():N}";

    private ITaskGrain Task => silo.Grains.GetGrain<ITaskGrain>("default/shared");

    private string Input(string rest = "") => $$"""{"test":"{{test}}"{{rest}}}""";

    private Submission Shared(string rest = "") => new() { Task = "shared", Queue = queue, Input = Encoding.UTF8.GetBytes(Input(rest)) };

    private async Task<JobId> SubmitAsync(Submission submission) => Assert.Single(await silo.SubmitManyAsync([submission]));

    private static string Made(JobView job) => Encoding.UTF8.GetString(job.Output!);

    private Task RunsAsync(JobId id) => SiloFixture.UntilAsync($"job {id} runs", async () => (await silo.ReadAsync(id)).State == JobState.Processing);

    private async Task<WaitCause> CauseAsync(JobId id) => (await silo.Job(id).WhyAsync(Tenant))!.Cause;

    [Fact]
    public async Task An_equal_job_is_given_the_result_whatever_its_input_looks_like_and_none_is_run()
    {
        JobView first = await silo.RunAsync("shared", Input(""","a":1,"b":[1.50,"é"]"""), s => s with { Queue = queue });
        SubmitResult second = await silo.SubmitAsync("shared", $$"""{ "b": [ 15e-1, "\u00e9" ], "a": 1.0, "test": "{{test}}" }""", s => s with { Queue = queue + "-other" });
        Assert.Equal((JobState.Completed, first.Id), (second.Job!.State, second.Job.CachedFrom));
        JobView job = await silo.ReadAsync(second.Job.Id);
        Assert.Equal((Made(first), first.Id, 0), (Made(job), job.CachedFrom, job.Attempts));
        Assert.Empty(job.Executions);
        Assert.Null(first.CachedFrom);
        Assert.NotEqual(Made(first), Made(await silo.RunAsync("shared", Input(""","a":2,"b":[1.5,"é"]"""))));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_run_and_all_have_its_result()
    {
        IReadOnlyList<JobId>[] sets = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 4).Select(i => silo.SubmitManyAsync(
            Enumerable.Range(0, 50).Select(_ => Shared(""","ms":300""") with { Queue = $"{queue}-{i % 2}" }))));
        JobView[] jobs = await System.Threading.Tasks.Task.WhenAll(sets.SelectMany(s => s).Select(silo.EndOfAsync));
        Assert.All(jobs, j => Assert.Equal(JobState.Completed, j.State));
        JobView run = Assert.Single(jobs, j => j.CachedFrom is null);
        Assert.All(jobs, j => Assert.Equal(Made(run), Made(j)));
        Assert.All(jobs.Where(j => j.Id != run.Id), j => Assert.Equal(run.Id, j.CachedFrom));
    }

    [Fact]
    public async Task A_job_that_waits_says_for_which()
    {
        JobId first = await SubmitAsync(Shared(""","ms":60000"""));
        await RunsAsync(first);
        JobId second = await SubmitAsync(Shared(""","ms":60000"""));
        JobExplanation? why = null;
        await SiloFixture.UntilAsync("the second waits for the result", async () => (why = await silo.Job(second).WhyAsync(Tenant))!.Cause == WaitCause.CachedResult);
        Assert.Equal([first], why!.Holders);
        Assert.StartsWith($"It waits for the result of job {first}", why.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await Task.GetCacheAsync()).Waiting);
        await silo.Job(second).CancelAsync(Tenant, "test", null);
        await silo.Job(first).CancelAsync(Tenant, "test", null);
    }

    [Fact]
    public async Task When_the_one_that_runs_is_cancelled_the_next_runs()
    {
        JobId first = await SubmitAsync(Shared(""","ms":60000"""));
        await RunsAsync(first);
        JobId second = await SubmitAsync(Shared(""","ms":60000""")), third = await SubmitAsync(Shared(""","ms":60000"""));
        await SiloFixture.UntilAsync("both wait", async () => await CauseAsync(second) == WaitCause.CachedResult && await CauseAsync(third) is WaitCause.CachedResult or WaitCause.Behind);
        await silo.Job(first).CancelAsync(Tenant, "test", null);
        await RunsAsync(second);
        Assert.Equal(JobState.Queued, (await silo.ReadAsync(third)).State);
        await silo.Job(second).CancelAsync(Tenant, "test", null);
        await RunsAsync(third);
        await silo.Job(third).CancelAsync(Tenant, "test", null);
    }

    [Fact]
    public async Task A_failure_is_never_shared()
    {
        JobId[] ids = [.. await silo.SubmitManyAsync(Enumerable.Range(0, 3).Select(_ => Shared(""","ms":50,"fails":true""")))];
        foreach (JobId id in ids)
        {
            JobView job = await silo.EndOfAsync(id);
            Assert.Equal((JobState.Failed, (JobId?)null), (job.State, job.CachedFrom));
            // Each was run.
            Assert.Single((await silo.ReadAsync(id)).Executions);
        }
    }

    [Fact]
    public async Task A_result_is_too_old_after_its_time()
    {
        JobView first = await silo.RunAsync("shared", Input());
        silo.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(first.Id, (await silo.RunAsync("shared", Input())).CachedFrom);
        silo.Time.Advance(TimeSpan.FromSeconds(11));
        JobView later = await silo.RunAsync("shared", Input());
        Assert.Null(later.CachedFrom);
        Assert.NotEqual(Made(first), Made(later));
    }

    [Fact]
    public async Task A_job_may_opt_out_and_shares_nothing_then()
    {
        JobView alone = await silo.RunAsync("shared", Input(), s => s with { NoCache = true });
        JobView first = await silo.RunAsync("shared", Input());
        Assert.Null(first.CachedFrom);
        JobView again = await silo.RunAsync("shared", Input(), s => s with { NoCache = true });
        Assert.Null(again.CachedFrom);
        Assert.Equal(3, new[] { alone, first, again }.Select(Made).Distinct().Count());
        Assert.Equal(first.Id, (await silo.RunAsync("shared", Input())).CachedFrom);
    }

    [Fact]
    public async Task A_job_that_waited_for_its_time_is_given_the_result_at_its_node()
    {
        JobView first = await silo.RunAsync("shared", Input());
        JobId later = await SubmitAsync(Shared() with { Delay = TimeSpan.FromMilliseconds(200) });
        JobView job = await silo.EndOfAsync(later);
        Assert.Equal((JobState.Completed, first.Id, Made(first), 0), (job.State, job.CachedFrom, Made(job), job.Attempts));
        IReadOnlyList<JobEvent> events = await silo.Store.Jobs.ReadEventsAsync(Tenant, later, TestContext.Current.CancellationToken);
        Assert.Equal("reuse", events[^1].Transition);
        // The queue has let go of it: another one of its lane goes.
        await SiloFixture.UntilAsync("nothing is in flight", async () => (await silo.Queue(queue).StatsAsync()) is { InFlight: 0, Window: 0 });
    }

    [Fact]
    public async Task A_purge_makes_the_next_one_run_and_figures_tell_of_all()
    {
        JobView first = await silo.RunAsync("shared", Input());
        Assert.Equal(first.Id, (await silo.RunAsync("shared", Input())).CachedFrom);
        await silo.Services.GetRequiredService<CacheCounts>().FlushAsync();
        CacheView before = await Task.GetCacheAsync();
        Assert.Equal(TimeSpan.FromMinutes(1), before.Policy?.Ttl);
        Assert.True(before is { Entries: >= 1, Hits: >= 1, Misses: >= 1 }, $"{before}");
        Assert.True(await Task.PurgeCacheAsync() >= 1);
        JobView second = await silo.RunAsync("shared", Input());
        Assert.Null(second.CachedFrom);
        CacheView after = await Task.GetCacheAsync();
        Assert.Equal((1, before.Hits), (after.Entries, after.Hits));
        Assert.NotNull(after.PurgedAt);
        await Assert.ThrowsAsync<UnknownTaskException>(() => silo.Grains.GetGrain<ITaskGrain>("default/no-such").PurgeCacheAsync());
    }

    [Fact]
    public async Task Another_version_shares_nothing_with_this_one()
    {
        TaskPackage old = (await Task.GetAsync())!.Current;
        // As long as it is there, it is the current one for all tests of this silo.
        TaskPackage @new = old with { Version = "1.0.1", Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(test))) };
        await Task.PutAsync(@new);
        JobView first = await silo.RunAsync("shared", Input(), s => s with { Version = old.Version });
        JobView second = await silo.RunAsync("shared", Input(), s => s with { Version = @new.Version });
        Assert.Null(second.CachedFrom);
        Assert.Equal(first.Id, (await silo.RunAsync("shared", Input(), s => s with { Version = old.Version })).CachedFrom);
        Assert.Equal(second.Id, (await silo.RunAsync("shared", Input(), s => s with { Version = @new.Version })).CachedFrom);
    }
}

[Collection("sqlite silo")]
public sealed class SqliteSharedResultTests(SqliteSilo silo) : SharedResultTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresSharedResultTests(PostgresSilo silo) : SharedResultTests(silo);

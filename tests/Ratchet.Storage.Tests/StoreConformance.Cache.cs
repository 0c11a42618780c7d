using System.Text;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Caching;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private static readonly DateTimeOffset Shared = Make.Noon.AddSeconds(10);

    private ICacheStore Cache => fixture.Store.Cache;

    private static string NewKey() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)).TrimEnd('=');

    private NewJob Sharing(string key, DateTimeOffset? created = null) => Make.Job(queue, created ?? Shared) with { CacheKey = key };

    /// <summary>A completed job, whose result its key stands for until a minute after <see cref="Shared"/>.</summary>
    private async Task<NewJob> SourceAsync(string key, DateTimeOffset? started = null)
    {
        NewJob source = Sharing(key, Make.Noon);
        await InsertAsync(source);
        Assert.Equal([true], await EndAsync(Make.Complete(source, output: "{\"by\":\"source\"}") with { StartedAt = started ?? Make.Noon.AddSeconds(1), Keep = new KeptResult(key, Shared.AddMinutes(1)) }));
        return source;
    }

    private async Task<bool> ReuseAnyAsync(NewJob job, long fence)
    {
        string key = NewKey();
        await SourceAsync(key);
        return (await Cache.ReuseAsync([new ReuseAsk(job.Id, fence, new LaneKey("echo", Cache: key).Text)], Shared, Cancel))[0] is not null;
    }

    [Theory, InlineData(1), InlineData(100)]
    public async Task A_job_is_given_the_result_that_is_there_as_it_is_inserted(int others)
    {
        string key = NewKey();
        NewJob source = await SourceAsync(key);
        NewJob job = Sharing(key), later = Sharing(key) with { DueAt = Shared.AddSeconds(5) };
        IReadOnlyList<InsertOutcome> outcomes = await InsertAsync([.. Make.Jobs(queue, others), job, later]);
        Assert.Equal([.. Enumerable.Repeat((JobId?)null, others), source.Id, null], outcomes.Select(o => o.Reused));
        Assert.All(outcomes, o => Assert.Null(o.Existing));

        JobView view = await GetAsync(job);
        Assert.Equal((JobState.Completed, source.Id, "{\"by\":\"source\"}", 0, Shared), (view.State, view.CachedFrom, Encoding.UTF8.GetString(view.Output!), view.Attempts, view.FinishedAt));
        Assert.Equal((null, null), (view.StartedAt, view.Node));
        // No attempt was made at it.
        Assert.Empty(await ExecutionsAsync(job));
        Assert.Single(await ExecutionsAsync(source));
        IReadOnlyList<JobEvent> events = await Jobs.ReadEventsAsync(queue.Tenant, job.Id, Cancel);
        Assert.Equal(["enqueue", "reuse"], events.Select(e => e.Transition));
        Assert.Equal((JobState.Queued, JobState.Completed, "cache", $"the result of job {source.Id}"), (events[1].From, events[1].To, events[1].Actor, events[1].Reason));
        Assert.Equal(JobState.Scheduled, (await GetAsync(later)).State);
    }

    [Fact]
    public async Task A_result_is_given_until_it_is_too_old_and_to_its_tenant_and_its_key_alone()
    {
        string key = NewKey();
        NewJob source = await SourceAsync(key);
        NewJob[] jobs = [Sharing(key, Shared.AddSeconds(59)), Sharing(key, Shared.AddMinutes(1)), Sharing(NewKey()), Sharing(key) with { Queue = new QueueKey(queue.Tenant + "-other", "mail") }, Sharing(key) with { CacheKey = null }];
        Assert.Equal([source.Id, null, null, null, null], (await InsertAsync(jobs)).Select(o => o.Reused));
        // The same, once they are there.
        Assert.Equal([null, null], await Cache.ReuseAsync([.. new[] { jobs[1], jobs[3] }.Select(j => new ReuseAsk(j.Id, 0, j.Lane))], Shared.AddMinutes(1), Cancel));
        Assert.Equal([source.Id], await Cache.ReuseAsync([new ReuseAsk(jobs[1].Id, 0, jobs[1].Lane)], Shared.AddSeconds(59), Cancel));
    }

    [Fact]
    public async Task A_result_that_was_refused_or_failed_is_not_kept()
    {
        string key = NewKey();
        NewJob late = Sharing(key), failed = Sharing(key);
        await InsertAsync(late, failed);
        await MoveAsync(Make.Move(late, JobTransition.Cancel));
        Assert.Equal([false], await EndAsync(Make.Complete(late) with { Keep = new KeptResult(key, Shared.AddMinutes(1)) }));
        Assert.Equal([true], await EndAsync(Make.End(failed, JobTransition.Fail)));
        Assert.Null((await InsertAsync(Sharing(key)))[0].Reused);
    }

    [Fact]
    public async Task A_job_that_has_moved_on_is_not_given_a_result()
    {
        string key = NewKey();
        NewJob job = Sharing(key);
        await InsertAsync(job);
        await SourceAsync(key);
        await MoveAsync(Make.Move(job, JobTransition.Cancel));
        Assert.Equal([null], await Cache.ReuseAsync([new ReuseAsk(job.Id, 0, job.Lane)], Shared, Cancel));
        Assert.Equal([null], await Cache.ReuseAsync([new ReuseAsk(job.Id, 1, job.Lane)], Shared, Cancel));
        Assert.Equal(JobState.Cancelled, (await GetAsync(job)).State);
    }

    [Fact]
    public async Task All_that_wait_in_a_lane_are_given_the_result_in_pages()
    {
        string key = NewKey();
        NewJob[] waiting = [.. Enumerable.Range(0, 5).Select(_ => Sharing(key))];
        NewJob elsewhere = Sharing(key) with { FairnessKey = "other" };
        await InsertAsync([.. waiting, elsewhere]);
        Assert.Empty(await Cache.ReuseWaitingAsync(queue, waiting[0].Lane, Shared, 3, Cancel));
        NewJob source = await SourceAsync(key);
        IReadOnlyList<JobToken> first = await Cache.ReuseWaitingAsync(queue, waiting[0].Lane, Shared, 3, Cancel), second = await Cache.ReuseWaitingAsync(queue, waiting[0].Lane, Shared, 3, Cancel);
        Assert.Equal((3, 2), (first.Count, second.Count));
        Assert.Equal(waiting.Select(j => new JobToken(j.Id, 0)).Order(TokenOrder), first.Concat(second).Order(TokenOrder));
        foreach (NewJob job in waiting) Assert.Equal((JobState.Completed, source.Id), ((await GetAsync(job)).State, (await GetAsync(job)).CachedFrom));
        Assert.Equal(JobState.Queued, (await GetAsync(elsewhere)).State);
    }

    private static readonly Comparer<JobToken> TokenOrder = Comparer<JobToken>.Create((a, b) => a.Id.CompareTo(b.Id));

    [Fact]
    public async Task A_purge_takes_what_is_there_and_what_was_started_before_it()
    {
        string before = NewKey(), meanwhile = NewKey(), after = NewKey();
        await SourceAsync(before);
        Assert.Equal(1, await Cache.PurgeAsync(queue.Tenant, "echo", Make.Noon.AddSeconds(5), Cancel));
        await SourceAsync(meanwhile, started: Make.Noon.AddSeconds(5));
        NewJob source = await SourceAsync(after, started: Make.Noon.AddSeconds(6));
        Assert.Equal([null, null, source.Id], (await InsertAsync(Sharing(before), Sharing(meanwhile), Sharing(after))).Select(o => o.Reused));
        Assert.Equal(Make.Noon.AddSeconds(5), (await Cache.GetFiguresAsync(queue.Tenant, "echo", Shared, Cancel)).PurgedAt);
        Assert.Equal(1, (await Cache.GetFiguresAsync(queue.Tenant, "echo", Shared, Cancel)).Entries);
    }

    [Fact]
    public async Task A_result_goes_with_its_job()
    {
        string key = NewKey();
        NewJob source = await SourceAsync(key), job = Sharing(key);
        await InsertAsync(job);
        Assert.Single(await Jobs.DeleteAsync(queue.Tenant, [source.Id], Shared, "test", Cancel));
        Assert.Null((await InsertAsync(Sharing(key)))[0].Reused);
        // Whoever was given it has it still.
        Assert.Equal("{\"by\":\"source\"}", Encoding.UTF8.GetString((await GetAsync(job)).Output!));
    }

    [Fact]
    public async Task The_newest_result_of_a_key_is_given()
    {
        string key = NewKey();
        await SourceAsync(key);
        NewJob newer = Sharing(key, Make.Noon) with { DueAt = Make.Noon.AddSeconds(1) };
        await InsertAsync(newer);
        await MoveAsync(Make.Move(newer, JobTransition.Promote));
        Assert.Equal([true], await EndAsync(Make.Complete(newer, fence: 1) with { Keep = new KeptResult(key, Shared.AddMinutes(2)) }));
        Assert.Equal(newer.Id, (await InsertAsync(Sharing(key, Shared.AddSeconds(90))))[0].Reused);
    }

    [Fact]
    public async Task A_tasks_figures_add_up()
    {
        string key = NewKey();
        NewJob[] jobs = [.. Enumerable.Range(0, 3).Select(_ => Sharing(key)), Sharing(NewKey()), Make.Job(queue, Shared) with { RateKey = new string('x', LaneKey.CacheChars) }];
        await InsertAsync(jobs);
        Assert.Equal(new CacheFigures(0, 0, 0, 0, null), await Cache.GetFiguresAsync(queue.Tenant, "echo", Shared, Cancel));
        await StartAsync(Make.Start(jobs[0]));
        await Cache.CountAsync([new CacheCount(queue.Tenant, "echo", 2, 1), new CacheCount(queue.Tenant, "other", 9, 9)], Cancel);
        await Cache.CountAsync([new CacheCount(queue.Tenant, "echo", 3, 0)], Cancel);
        Assert.Equal(new CacheFigures(0, 5, 1, 2, null), await Cache.GetFiguresAsync(queue.Tenant, "echo", Shared, Cancel));
        Assert.Equal([true], await EndAsync(Make.Complete(jobs[0]) with { Keep = new KeptResult(key, Shared.AddMinutes(1)) }));
        Assert.Equal(new CacheFigures(1, 5, 1, 0, null), await Cache.GetFiguresAsync(queue.Tenant, "echo", Shared, Cancel));
        Assert.Equal(0, (await Cache.GetFiguresAsync(queue.Tenant, "echo", Shared.AddMinutes(1), Cancel)).Entries);
    }

    [Fact]
    public async Task Results_that_are_too_old_are_swept()
    {
        string key = NewKey(), old = NewKey();
        NewJob source = await SourceAsync(key), ancient = Sharing(old);
        await InsertAsync(ancient);
        // Older than those of all other tests, which share the database.
        await EndAsync(Make.Complete(ancient) with { Keep = new KeptResult(old, Make.Noon.AddYears(-1)) });
        Assert.Equal(1, await Cache.SweepAsync(Make.Noon.AddMonths(-6), 100, Cancel));
        Assert.Equal(0, await Cache.SweepAsync(Make.Noon.AddMonths(-6), 100, Cancel));
        Assert.Equal(source.Id, (await InsertAsync(Sharing(key)))[0].Reused);
    }

    [Fact]
    public async Task An_idempotency_key_goes_before_a_result()
    {
        string key = NewKey();
        NewJob first = Sharing(NewKey()) with { IdempotencyKey = key, Fingerprint = "same" };
        await InsertAsync(first);
        NewJob source = await SourceAsync(key);
        NewJob again = Sharing(key) with { IdempotencyKey = key, Fingerprint = "same" }, other = Sharing(key) with { IdempotencyKey = key + "2", Fingerprint = "same" };
        IReadOnlyList<InsertOutcome> outcomes = await InsertAsync(again, other);
        Assert.Equal([(first.Id, null), (null, source.Id)], outcomes.Select(o => (o.Existing, o.Reused)));
    }
}

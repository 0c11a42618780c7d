using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task A_list_is_newest_first_without_payloads()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        ListPage<JobView> list = await ListAsync(new ListQuery<JobField> { Count = true });
        Assert.Equal(jobs.Reverse().Select(j => j.Id), list.Items.Select(v => v.Id));
        Assert.All(list.Items, v => Assert.True(v.Input is null && v.Output is null));
        Assert.Equal((3, false, false), (list.Total, list.HasNext, list.HasPrevious));
    }

    [Fact]
    public async Task A_job_on_its_own_shows_what_it_says_for_itself()
    {
        var options = new JobOptions { Timeout = TimeSpan.FromSeconds(30), ConcurrencyLimit = 3, NoCache = true, Retry = new RetryPolicy { MaxAttempts = 5, Delays = [TimeSpan.FromSeconds(1)] } };
        NewJob job = Make.Job(queue) with { Options = options, Retention = TimeSpan.FromDays(1), EscalateAt = Make.Noon.AddHours(1), EscalateTo = JobPriority.Urgent }, plain = Make.Job(queue);
        await InsertAsync(job, plain);
        JobView alone = (await Jobs.GetAsync(queue.Tenant, job.Id, Cancel))!, whole = (await Jobs.GetWholeAsync(queue.Tenant, job.Id, Cancel))!;
        foreach (JobView shown in new[] { alone, whole })
        {
            Assert.Equal((TimeSpan.FromDays(1), JobPriority.Urgent), (shown.Retention!.Value, shown.EscalateTo!.Value));
            Assert.Equal((options.Timeout, 3, true, 5), (shown.Options!.Timeout, shown.Options.ConcurrencyLimit!.Value, shown.Options.NoCache!.Value, shown.Options.Retry!.MaxAttempts));
            Assert.Equal([TimeSpan.FromSeconds(1)], shown.Options.Retry!.Delays);
        }

        JobView other = (await Jobs.GetAsync(queue.Tenant, plain.Id, Cancel))!;
        Assert.True(other is { Options: null, Retention: null, EscalateTo: null });
        Assert.All((await ListAsync(new ListQuery<JobField>())).Items, v => Assert.Null(v.Options));
    }

    [Fact]
    public async Task A_page_begins_behind_the_rows_that_are_left_out()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        ListPage<JobView> list = await ListAsync(new ListQuery<JobField> { Offset = 1, Limit = 1 });
        Assert.Equal([jobs[1].Id], list.Items.Select(v => v.Id));
        Assert.True(list is { HasNext: true, HasPrevious: true, Total: null });
    }

    [Fact]
    public async Task A_cursor_stays_where_it_is_while_jobs_come()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        ListPage<JobView> first = await ListAsync(new ListQuery<JobField> { Limit = 2 });
        await InsertAsync(Make.Job(queue));
        ListPage<JobView> second = await ListAsync(new ListQuery<JobField> { Limit = 2, After = JobList.Schema.CursorOf(first.Items[^1], null) });
        Assert.Equal([jobs[0].Id], second.Items.Select(v => v.Id));
        Assert.False(second.HasNext);
    }

    [Fact]
    public async Task Each_field_of_a_list_has_its_text_on_each_database()
    {
        foreach (JobField field in Enum.GetValues<JobField>()) Assert.Empty((await ListAsync(new ListQuery<JobField> { Sort = new ListSort<JobField>(field, true) })).Items);
        foreach (ExecutionField field in Enum.GetValues<ExecutionField>())
            Assert.Empty((await fixture.Store.Lists.ExecutionsAsync(queue.Tenant, new ListQuery<ExecutionField> { Sort = new ListSort<ExecutionField>(field, true) }, Cancel)).Items);
    }

    [Fact]
    public async Task Several_jobs_and_their_executions_are_read_at_once()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        await EndAsync(Make.Complete(jobs[0]), Make.End(jobs[1], JobTransition.Fail));
        JobId[] ids = [jobs[0].Id, jobs[1].Id, jobs[2].Id, Make.Id()];
        Assert.Equal(jobs.Select(j => j.Id), (await fixture.Store.Lists.JobsOfAsync(queue.Tenant, ids, Cancel)).Select(v => v.Id).Order());
        IReadOnlyList<ExecutionView> runs = await fixture.Store.Lists.ExecutionsOfAsync(queue.Tenant, ids, Cancel);
        Assert.Equal([(jobs[0].Id, "COMPLETED", "mail"), (jobs[1].Id, "FAILED", "mail")], runs.Select(r => (r.Job, r.Outcome, r.Queue!)));
        Assert.Equal(jobs[0].Id, await fixture.Store.Lists.JobOfExecutionAsync(queue.Tenant, runs[0].Id, Cancel));
        Assert.Equal(jobs[1].Id, await fixture.Store.Lists.JobOfExecutionAsync(queue.Tenant, runs[1].Id, Cancel));
        Assert.Null(await fixture.Store.Lists.JobOfExecutionAsync("someone-else", runs[1].Id, Cancel));
        Assert.Empty(await fixture.Store.Lists.JobsOfAsync("someone-else", ids, Cancel));
    }

    [Fact]
    public async Task Another_tenants_jobs_are_not_there()
    {
        NewJob job = await QueuedAsync();
        Assert.Null(await Jobs.GetAsync("someone-else", job.Id, Cancel));
        Assert.Null(await Jobs.ReadReadyAsync("someone-else", job.Id, Cancel));
        Assert.Empty(await Jobs.GetExecutionsAsync("someone-else", job.Id, Cancel));
        Assert.Empty((await fixture.Store.Lists.JobsAsync("someone-else", new ListQuery<JobField>(), Cancel)).Items);
    }

    private Task<ListPage<JobView>> ListAsync(ListQuery<JobField> query) => fixture.Store.Lists.JobsAsync(queue.Tenant, query, Cancel);

    private async Task<NewJob[]> ThreeOfATenantAsync()
    {
        NewJob[] jobs = [.. Make.Jobs(queue, 3).OrderBy(j => j.Id)];
        await InsertAsync(jobs);
        return jobs;
    }
}

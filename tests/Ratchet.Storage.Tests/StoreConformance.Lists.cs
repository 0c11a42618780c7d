using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task A_list_is_newest_first_without_payloads()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        IReadOnlyList<JobView> list = await Jobs.ListAsync(queue.Tenant, new JobListQuery([]), Cancel);
        Assert.Equal(jobs.Reverse().Select(j => j.Id), list.Select(v => v.Id));
        Assert.All(list, v => Assert.True(v.Input is null && v.Output is null));
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_ended()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        IReadOnlyList<JobView> first = await Jobs.ListAsync(queue.Tenant, new JobListQuery([], Limit: 2), Cancel);
        IReadOnlyList<JobView> second = await Jobs.ListAsync(queue.Tenant, new JobListQuery([], Limit: 2, Before: first[^1].Id), Cancel);
        Assert.Equal([jobs[2].Id, jobs[1].Id], first.Select(v => v.Id));
        Assert.Equal([jobs[0].Id], second.Select(v => v.Id));
        Assert.Equal([jobs[1].Id], (await Jobs.ListAsync(queue.Tenant, new JobListQuery([], Offset: 1, Limit: 1), Cancel)).Select(v => v.Id));
    }

    [Fact]
    public async Task A_list_is_narrowed_by_all_conditions_together()
    {
        NewJob[] jobs = await ThreeOfATenantAsync();
        await EndAsync(Make.Complete(jobs[0]), Make.End(jobs[1], JobTransition.Fail));
        async Task AssertListAsync(JobListQuery query, params NewJob[] expected)
        {
            Assert.Equal(expected.Select(j => j.Id), (await Jobs.ListAsync(queue.Tenant, query, Cancel)).Select(v => v.Id));
            Assert.Equal(expected.Length, await Jobs.CountAsync(queue.Tenant, query, Cancel));
        }
        await AssertListAsync(new JobListQuery([JobState.Completed, JobState.Failed]), jobs[1], jobs[0]);
        await AssertListAsync(new JobListQuery([JobState.Failed], Task: "echo", Queue: "mail"), jobs[1]);
        await AssertListAsync(new JobListQuery([], Task: "unknown"));
        await AssertListAsync(new JobListQuery([], Queue: "unknown"));
        await AssertListAsync(new JobListQuery([], Before: jobs[1].Id), jobs[0]);
    }

    [Fact]
    public async Task Another_tenants_jobs_are_not_there()
    {
        NewJob job = await QueuedAsync();
        Assert.Null(await Jobs.GetAsync("someone-else", job.Id, Cancel));
        Assert.Null(await Jobs.ReadReadyAsync("someone-else", job.Id, Cancel));
        Assert.Empty(await Jobs.GetExecutionsAsync("someone-else", job.Id, Cancel));
        Assert.Empty(await Jobs.ListAsync("someone-else", new JobListQuery([]), Cancel));
    }

    private async Task<NewJob[]> ThreeOfATenantAsync()
    {
        NewJob[] jobs = [.. Make.Jobs(queue, 3).OrderBy(j => j.Id)];
        await InsertAsync(jobs);
        return jobs;
    }
}

using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;

namespace Ratchet.Storage.Tests;

/// <summary>What a change asks of what it changes is looked at in the statement that makes it: a look before it would let two through.</summary>
public abstract partial class StoreConformance<TDatabase>
{
    private const int Writers = 8;

    private async Task<long> QueueRevisionAsync() => (await Controls.ListQueuesAsync(queue.Tenant, Cancel)).Single(q => q.Name == queue.Name).Revision;

    private async Task<long> TaskRevisionAsync() => (await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel))[0].TaskRevision;

    private async Task<LimitRule?> LimitAsync() => (await Controls.GetLimitsAsync(queue.Tenant, Cancel)).FirstOrDefault();

    /// <summary>All of them know the same, and begin before any is done.</summary>
    private static async Task OneOfManyWinsAsync(Func<int, Task> change)
    {
        Exception?[] ends = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(async () => await Record.ExceptionAsync(() => change(i)), Cancel)));
        Assert.Equal(Writers - 1, ends.OfType<PreconditionFailedException>().Count());
        Assert.Single(ends, end => end is null);
    }

    [Fact]
    public async Task Of_those_who_know_the_same_queue_one_changes_it()
    {
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Controls.SetQueueModeAsync(queue, WorkMode.Paused, Precondition.Present, Cancel));
        await Controls.SetQueueModeAsync(queue, WorkMode.Active, null, Cancel);
        long known = await QueueRevisionAsync();
        await OneOfManyWinsAsync(i => i % 2 == 0
            ? Controls.SetQueueModeAsync(queue, WorkMode.Paused, Precondition.At(known), Cancel)
            : Controls.SetWeightAsync(queue, $"k{i}", i + 1, Precondition.At(known), Cancel));
        Assert.Equal(known + 1, await QueueRevisionAsync());
        int set = (await Controls.GetWeightsAsync(queue, Cancel)).Count + (await Controls.GetQueueModeAsync(queue, Cancel) == WorkMode.Paused ? 1 : 0);
        Assert.Equal(1, set);
        await Controls.SetWeightAsync(queue, "k", 2, Precondition.Present, Cancel);
        await Controls.SetWeightAsync(queue, "k", null, new Precondition([known, known + 2], Absent: false), Cancel);
    }

    [Fact]
    public async Task Of_those_who_know_the_same_task_one_changes_it()
    {
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Controls.SetTaskModeAsync(queue.Tenant, "mail", WorkMode.Paused, Precondition.Present, Cancel));
        await StoreAsync(Package("1.0.0"));
        long known = await TaskRevisionAsync();
        await OneOfManyWinsAsync(i => i % 2 == 0
            ? Controls.SetTaskModeAsync(queue.Tenant, "mail", WorkMode.Paused, Precondition.At(known), Cancel)
            : Tasks.SetEnabledAsync(queue.Tenant, "mail", false, Precondition.At(known), Cancel));
        Assert.False(await Tasks.DeleteAsync(queue.Tenant, "mail", Precondition.At(known), Cancel));
        Assert.False(await Tasks.HoldAsync(queue.Tenant, "mail", false, Precondition.At(known), Cancel));
        Assert.True(await Tasks.HoldAsync(queue.Tenant, "mail", false, Precondition.At(known + 1), Cancel));
        Assert.True(await Tasks.DeleteAsync(queue.Tenant, "mail", Precondition.At(known + 1), Cancel));
    }

    [Fact]
    public async Task A_tasks_revision_follows_all_that_is_shown_of_it()
    {
        var seen = new HashSet<long>();
        await StoreAsync(Package("1.0.0"));
        Assert.True(seen.Add(await TaskRevisionAsync()));
        await StoreAsync(Package("0.9.0"));
        Assert.True(seen.Add(await TaskRevisionAsync()), "a version came");
        await Tasks.SetVersionEnabledAsync(queue.Tenant, "mail", Package("0.9.0").Digest, false, Cancel);
        Assert.True(seen.Add(await TaskRevisionAsync()), "a version was disabled");
        await Tasks.DeleteVersionAsync(queue.Tenant, "mail", Package("0.9.0").Digest, Cancel);
        Assert.True(seen.Add(await TaskRevisionAsync()), "a version went");
        await StoreAsync(Package("2.0.0"));
        Assert.True(seen.Add(await TaskRevisionAsync()), "another one is current");
        await StoreAsync(Package("2.0.0"));
        Assert.False(seen.Add(await TaskRevisionAsync()), "nothing came");
        await Tasks.DeleteAsync(queue.Tenant, "mail", null, Cancel);
        await StoreAsync(Package("1.0.0"), at: Make.Noon.AddSeconds(1));
        Assert.True(seen.Add(await TaskRevisionAsync()), "it is another task");
    }

    [Fact]
    public async Task Of_those_who_know_the_same_limit_one_changes_it()
    {
        var rule = new LimitRule(LimitScope.Key, "k", 3, null);
        await OneOfManyWinsAsync(i => Controls.PutLimitAsync(queue.Tenant, rule with { Concurrency = i + 1 }, Precondition.Missing, Make.Noon, Cancel));
        LimitRule made = (await LimitAsync())!;
        await OneOfManyWinsAsync(i => i % 2 == 0
            ? Controls.PutLimitAsync(queue.Tenant, rule with { Concurrency = i + 100 }, Precondition.At(made.Revision), Make.Noon, Cancel)
            : Controls.DeleteLimitAsync(queue.Tenant, LimitScope.Key, "k", Precondition.At(made.Revision), Cancel));
        await Controls.DeleteLimitAsync(queue.Tenant, LimitScope.Key, "k", null, Cancel);
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Controls.PutLimitAsync(queue.Tenant, rule, Precondition.Present, Make.Noon, Cancel));
        await Assert.ThrowsAsync<PreconditionFailedException>(() => Controls.DeleteLimitAsync(queue.Tenant, LimitScope.Key, "k", Precondition.Present, Cancel));
        // Who knows the one that is gone does not know the one that came after it.
        Assert.True(await Controls.PutLimitAsync(queue.Tenant, rule, null, Make.Noon.AddSeconds(1), Cancel) > made.Revision + 1);
    }
}

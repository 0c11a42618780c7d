using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tests.Preconditions;

/// <summary>Two who have read the same and change it at once: the grain that makes the change lets one of them.</summary>
public abstract class PreconditionTests(SiloFixture silo)
{
    private readonly string name = $"known-{Guid.CreateVersion7():N}";

    private async Task<QueueView> QueueAsync() => (await silo.Grains.GetGrain<IQueueDirectoryGrain>(0).GetAsync(QueueKey.DefaultTenant, name, default))!;

    private static async Task OneWinsAsync(params Task[] changes)
    {
        Exception?[] ends = await Task.WhenAll(changes.Select(async change => await Record.ExceptionAsync(() => change)));
        Assert.Single(ends, end => end is null);
        Assert.Equal(changes.Length - 1, ends.OfType<PreconditionFailedException>().Count());
    }

    [Fact]
    public async Task A_queue()
    {
        IQueueGrain queue = silo.Queue(name);
        await queue.SetModeAsync(WorkMode.Active);
        var known = Precondition.At((await QueueAsync()).Revision);
        await OneWinsAsync(queue.SetModeAsync(WorkMode.Paused, known), queue.SetModeAsync(WorkMode.Draining, known), queue.SetWeightAsync("k", 3, known));
        QueueView changed = await QueueAsync();
        // What was refused is nowhere, in memory neither.
        Assert.Equal(changed.Mode, changed.Stats.Mode);
        Assert.Equal(1, changed.Weights.Count + (changed.Mode == WorkMode.Active ? 0 : 1));
        await queue.SetModeAsync(WorkMode.Active, Precondition.At(changed.Revision));
    }

    [Fact]
    public async Task A_task()
    {
        ITaskGrain task = silo.Grains.GetGrain<ITaskGrain>("default/word-count");
        await SiloFixture.UntilAsync("the task is loaded", async () => await task.GetAsync() is not null);
        var known = Precondition.At((await task.GetAsync())!.Revision);
        await OneWinsAsync(task.SetModeAsync(WorkMode.Paused, known), task.EnableAsync(false, known));
        await Assert.ThrowsAsync<PreconditionFailedException>(() => task.DeleteAsync(known));
        TaskView changed = (await task.GetAsync())!;
        Assert.NotEqual(changed.Enabled, changed.Gate.Mode == WorkMode.Active);
        await task.SetModeAsync(WorkMode.Active);
        await task.EnableAsync(true);
    }

    [Fact]
    public async Task A_limit()
    {
        ILimiterGrain limiter = silo.Grains.GetGrain<ILimiterGrain>(QueueKey.DefaultTenant);
        LimitRule Rule(int concurrency) => new(LimitScope.Key, name, concurrency, null);
        await OneWinsAsync(limiter.PutAsync(Rule(1), Precondition.Missing), limiter.PutAsync(Rule(1), Precondition.Missing));
        var known = Precondition.At((await limiter.GetAsync(LimitScope.Key, name))!.Rule!.Revision);
        await OneWinsAsync(limiter.PutAsync(Rule(2), known), limiter.PutAsync(Rule(3), known));
        LimitView changed = (await limiter.GetAsync(LimitScope.Key, name))!;
        Assert.InRange(changed.Concurrency!.Value, 2, 3);
        await Assert.ThrowsAsync<PreconditionFailedException>(() => limiter.DeleteAsync(LimitScope.Key, name, known));
        Assert.True(await limiter.DeleteAsync(LimitScope.Key, name, Precondition.At(changed.Rule!.Revision)));
    }
}

[Collection("sqlite silo")]
public sealed class SqlitePreconditionTests(SqliteSilo silo) : PreconditionTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresPreconditionTests(PostgresSilo silo) : PreconditionTests(silo);

using Ratchet.Health;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Submissions;
using Ratchet.Workers;

namespace Ratchet.Grains.Tests.Health;

/// <summary>What /readyz stands on, over both databases.</summary>
public abstract class ReadinessTests(SiloFixture silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_is_ready_once_a_submit_was_rehearsed_and_not_while_it_drains()
    {
        await SiloFixture.UntilAsync("everything is ready", async () => (await UnreadyAsync()).Length == 0);
        IWorkerDirectoryGrain workers = silo.Grains.GetGrain<IWorkerDirectoryGrain>(0);
        string name = Assert.Single(await workers.ListAsync()).Name;
        await workers.SetDrainingAsync(name, true);
        try
        {
            Assert.Equal(["worker"], await UnreadyAsync());
        }
        finally
        {
            await workers.SetDrainingAsync(name, false);
        }

        Assert.Empty(await UnreadyAsync());
    }

    [Fact]
    public async Task A_rehearsal_stores_nothing()
    {
        Submission Of(string task, string input) => new() { Task = task, Queue = "rehearsal", Input = System.Text.Encoding.UTF8.GetBytes(input) };
        await silo.Grains.GetGrain<ISubmissionGrain>(0).RehearseAsync(
            QueueKey.DefaultTenant, [Of("addition", """{"num1":1,"num2":2}"""), Of("addition", "{}"), Of("nothing", "{}")], Cancel);
        Assert.Equal(0, await silo.Store.Jobs.CountPickedAsync(QueueKey.DefaultTenant, new PickQuery([], null, "rehearsal", DateTimeOffset.MaxValue), Cancel));
    }

    [Fact]
    public async Task A_job_names_the_worker_that_operators_know()
    {
        JobView job = await silo.RunAsync("addition", """{"num1":1,"num2":2}""");
        WorkerNodeView worker = Assert.Single(await silo.Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync());
        Assert.Equal((worker.Incarnation, worker.Name), (job.Node, NodeIncarnation.NameOf(job.Node!)));
        IReadOnlyList<JobEvent> events = await silo.Grains.GetGrain<IJobDirectoryGrain>(0).EventsAsync(QueueKey.DefaultTenant, job.Id, Cancel);
        Assert.Contains(events, e => NodeIncarnation.Is(e.Actor) && NodeIncarnation.NameOf(e.Actor) == worker.Name);
    }

    private async Task<string[]> UnreadyAsync() => [.. (await silo.Grains.GetGrain<IHealthGrain>(0).CheckAsync(Cancel)).Where(c => !c.Ready).Select(c => c.Name)];
}

[Collection("sqlite silo")]
public sealed class SqliteReadinessTests(SqliteSilo silo) : ReadinessTests(silo);

[Collection("postgresql silo")]
public sealed class PostgresReadinessTests(PostgresSilo silo) : ReadinessTests(silo);

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Tasks;
using Ratchet.Workers;

namespace Ratchet.Execution.Tests.Nodes;

/// <summary>Promise 4: a queue's older owner hands out nothing any more, and a new owner learns what runs.</summary>
public class NodeAgentTests
{
    private static readonly QueueKey Queue = QueueKey.Default;
    private static readonly TaskPackage Package = new()
    {
        Name = "t", Uuid = Guid.AllBitsSet, Version = "1.0.0", Label = "", Description = "", Digest = "d", Metadata = "{}", InputSchema = "{}", OutputSchema = "{}",
        MainJs = "", Execution = new TaskExecutionOptions(), Retry = new RetryPolicy(), Source = "test",
    };

    private static readonly LimitedNames Names = new(["t"], [], ["paced"]);

    private readonly HeldPool pool = new();
    private readonly NotedStarts journal = new();
    private readonly EndedRuns sink = new();
    private readonly NodeAgent agent;

    public NodeAgentTests()
    {
        var time = new FakeTimeProvider();
        var packages = new TaskPackageCache(null!);
        packages.Put(Queue.Tenant, Package);
        agent = new NodeAgent(pool, packages, null!, journal, sink, null!, time, NullLogger<NodeAgent>.Instance);
        agent.Identify("n", "n@1");
    }

    private static ReadyJob Job(int n) => new()
    {
        Id = new JobId(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0)), Task = Package.Reference, Priority = JobPriority.Normal, ReadyAt = default, Fence = 0,
        Attempts = 0, MaxAttempts = 3, LostWorkers = 0,
        Lane = "t",
        Rank = default, Input = "{}"u8.ToArray(),
    };

    [Fact]
    public void Only_the_newest_owner_of_a_queue_hands_out()
    {
        Guid old = new(1, 0, 0, new byte[8]), current = new(2, 0, 0, new byte[8]);
        agent.Attach(Queue, old);
        Assert.True(agent.TryAccept(Queue, old, 0, [Job(1)]));
        IReadOnlyList<ReadyJob> running = agent.Attach(Queue, current);
        Assert.Equal([Job(1).Id], running.Select(j => j.Id));
        Assert.False(agent.TryAccept(Queue, old, 0, [Job(2)]));
        Assert.True(agent.TryAccept(Queue, current, 0, [Job(2)]));
        Assert.Equal(2, pool.Held.Count);
    }

    [Fact]
    public void What_cannot_be_begun_for_a_reason_that_nobody_has_foreseen_is_a_lost_worker()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        agent.Attach(Queue, owner);
        // There is no store to read this version from.
        Assert.True(agent.TryAccept(Queue, owner, 0, [Job(1) with { Task = Package.Reference with { Digest = "unread" } }, Job(2) with { Task = Package.Reference with { Digest = "unread" } }, Job(3)]));
        Assert.Equal([Job(1).Id, Job(2).Id], sink.Runs.Select(r => r.Job.Id));
        Assert.All(sink.Runs, r => Assert.Equal((FailureKind.WorkerLost, false), (r.Outcome!.Failure!.Kind, r.HandedBack)));
        Assert.Equal(Job(3).Id.Value, Assert.Single(pool.Held).Request.Job);
    }

    [Fact]
    public void A_queue_that_came_while_the_node_drained_hears_when_it_has_room_again()
    {
        agent.SetDraining(true);
        agent.Attach(Queue, new Guid(1, 0, 0, new byte[8]));
        Assert.Empty(agent.TakeUntold(agent.Capacity));
        agent.SetDraining(false);
        Assert.Equal([Queue], agent.TakeUntold(agent.Capacity));
        Assert.Empty(agent.TakeUntold(agent.Capacity));
        Assert.Empty(agent.TakeUntold(agent.Capacity + 5));
        Assert.Equal([Queue], agent.TakeUntold(agent.Capacity * 2));
    }

    [Fact]
    public void What_an_earlier_keeper_of_limits_granted_is_refused()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        ReadyJob limited = Job(1) with { Lane = new LaneKey("t", Concurrency: "k").Text };
        agent.Attach(Queue, owner);
        Assert.False(agent.TryAccept(Queue, owner, 7, [limited]));
        agent.TakeLimits(Queue.Tenant, 7, Names);
        Assert.True(agent.TryAccept(Queue, owner, 7, [limited]));
        NodeHoldings holdings = agent.TakeLimits(Queue.Tenant, 9, Names);
        Assert.Equal((9L, limited.Id), (holdings.Epoch, Assert.Single(holdings.Running).Job));
        Assert.False(agent.TryAccept(Queue, owner, 7, [Job(2)]));
        Assert.True(agent.TryAccept(Queue, owner, 9, [Job(2)]));
        // An earlier one that comes late changes nothing, and learns of the later one.
        Assert.Equal(9L, agent.TakeLimits(Queue.Tenant, 8, LimitedNames.None).Epoch);
        Assert.False(agent.TryAccept(Queue, owner, 8, [Job(3)]));
    }

    [Fact]
    public void What_a_rate_counts_is_told_when_it_begins_and_until_then_is_starting()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        ReadyJob rated = Job(1) with { Lane = new LaneKey("t", Rate: "k").Text, Fence = 4 }, keyed = Job(2) with { Lane = new LaneKey("t", Concurrency: "k").Text };
        agent.Attach(Queue, owner);
        agent.TakeLimits(Queue.Tenant, 7, Names);
        Assert.True(agent.TryAccept(Queue, owner, 7, [rated, keyed]));
        LimitStarting starting = Assert.Single(agent.TakeLimits(Queue.Tenant, 8, Names).Starting);
        Assert.Equal((rated.Id, 4, "k"), (starting.Ask.Job, starting.Ask.Fence, starting.Ask.Lane.Rate));
        // Nobody counts the other's start: its process need not tell.
        Assert.Null(pool.Held[1].Request.Started);
        pool.Held[0].Request.Started!();
        Assert.Equal(rated.Id, Assert.Single(sink.Starts).Job.Id);
        NodeHoldings after = agent.TakeLimits(Queue.Tenant, 9, Names);
        Assert.Empty(after.Starting);
        Assert.Equal(2, after.Running.Count);
    }

    [Fact]
    public void A_queue_with_a_rate_needs_a_grant_of_the_keeper_that_is()
    {
        QueueKey paced = Queue with { Name = "paced" };
        Guid owner = new(1, 0, 0, new byte[8]);
        ReadyJob job = Job(1) with { Task = Job(1).Task with { Name = "other" }, Lane = "other" };
        agent.Attach(paced, owner);
        agent.TakeLimits(paced.Tenant, 7, Names);
        Assert.False(agent.TryAccept(paced, owner, 0, [job]));
        Assert.True(agent.TryAccept(paced, owner, 7, [job]));
        Assert.NotNull(pool.Held[0].Request.Started);
    }

    [Fact]
    public void A_job_that_is_here_already_does_not_run_twice()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        agent.Attach(Queue, owner);
        agent.TryAccept(Queue, owner, 0, [Job(1)]);
        Assert.True(agent.TryAccept(Queue, owner, 0, [Job(1)]));
        Assert.Single(pool.Held);
        Assert.Single(journal.Starts);
    }

    [Fact]
    public void A_job_that_never_began_goes_back_to_its_queue_and_is_no_evidence_against_its_task()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        agent.Attach(Queue, owner);
        agent.TryAccept(Queue, owner, 0, [Job(1), Job(2)]);
        var lost = new Failure(FailureKind.WorkerLost, "WorkerLost", "The sandbox cannot be started.");
        pool.Held[0].End(new RunOutcome { Failure = lost, NeverBegan = true, StartedAt = default, FinishedAt = default });
        pool.Held[1].End(new RunOutcome { Failure = lost, StartedAt = default, FinishedAt = default });
        Assert.Equal([true, false], sink.Runs.Select(run => run.HandedBack));
    }

    [Fact]
    public void A_job_is_held_until_its_end_is_committed()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        agent.Attach(Queue, owner);
        agent.TryAccept(Queue, owner, 0, [Job(1)]);
        pool.EndAll();
        Assert.Single(agent.Attach(Queue, owner));
        agent.Forget(sink.Runs[0]);
        Assert.Empty(agent.Attach(Queue, owner));
    }

    [Fact]
    public async Task A_draining_node_takes_nothing_and_hands_back_what_does_not_end()
    {
        Guid owner = new(1, 0, 0, new byte[8]);
        agent.Attach(Queue, owner);
        agent.TryAccept(Queue, owner, 0, [Job(1)]);
        Task drained = agent.DrainAsync(TimeSpan.Zero, CancellationToken.None);
        await drained;
        Assert.False(agent.TryAccept(Queue, owner, 0, [Job(2)]));
        Assert.Equal(0, agent.Capacity);
        Assert.True(pool.Held[0].Cancel.IsCancellationRequested);
        pool.EndAll();
        Assert.True(sink.Runs[0].HandedBack);
    }
}

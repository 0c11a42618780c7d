using Orleans.Concurrency;
using Orleans.Runtime;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Sandboxes;
using Ratchet.Grains.Statistics;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Statistics;
using Ratchet.Storage.Jobs;
using Ratchet.Workers;

namespace Ratchet.Grains.Workers;

/// <summary>See <see cref="IWorkerNodeGrain"/>. All state is the agent's: the grain is the node's address in the cluster.</summary>
[NodePlacement, Reentrant]
public sealed class WorkerNodeGrain(NodeAgent agent, AttemptStatistics statistics, ILocalSiloDetails silo, TimeProvider time) : Grain, IWorkerNodeGrain
{
    /// <summary>No call waits longer, so that none outlives the response time-out (30 s).</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly string incarnation = NodeDirectory.IncarnationOf(silo.Name, silo.SiloAddress);

    public Task<NodeAttachment> AttachAsync(QueueKey queue, Guid owner) =>
        Task.FromResult(new NodeAttachment(incarnation, agent.Capacity, agent.Attach(queue, owner)));

    public Task<bool> RunAsync(QueueKey queue, Guid owner, long limits, IReadOnlyList<ReadyJob> jobs) =>
        Task.FromResult(agent.TryAccept(queue, owner, limits, jobs));

    public Task<NodeHoldings> TakeLimitsAsync(string tenant, long epoch, LimitedNames names) => Task.FromResult(agent.TakeLimits(tenant, epoch, names));

    public Task SetDrainingAsync(bool draining)
    {
        agent.SetDraining(draining);
        return Task.CompletedTask;
    }

    public Task<bool> WatchAsync(JobId job) => Task.FromResult(agent.Watch(job));

    public async Task<RunningLog?> ReadLogAsync(JobId job, LogPlace after, int tries, TimeSpan patience, CancellationToken cancel)
    {
        if (agent.Find(job) is not { } run) return null;
        bool same = run.Execution == after.Execution;
        RunLogPart part = await run.Log.ReadAsync(same ? tries : 0, same ? after.Lines : 0, patience < LongestWait ? patience : LongestWait, time, cancel);
        return new RunningLog(run.Execution, run.Job.Attempts + 1, part.Tries, part.StartedAt, part.From, part.Lines, part.Ended);
    }

    public Task<bool> CancelAsync(JobId job, string actor, string? reason) => Task.FromResult(agent.Cancel(job, new EndedBy(actor, reason)));

    public Task<bool> InterruptAsync(JobId job) => Task.FromResult(agent.Cancel(job));

    public Task<NodeStatistics> StatisticsAsync(string tenant, TimeSpan window) => Task.FromResult(statistics.Read(tenant, window));

    public Task<WorkerNodeView> GetAsync() =>
        Task.FromResult(new WorkerNodeView(
            this.GetPrimaryKeyString(),
            incarnation,
            agent.Capacity,
            agent.Running,
            agent.Draining,
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            agent.Walls.Name));
}

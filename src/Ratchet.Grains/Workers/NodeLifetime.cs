using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Sandboxes;
using Ratchet.Grains.Queues;
using Ratchet.Bulk;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;

namespace Ratchet.Grains.Workers;

/// <summary>
/// Brings the node up behind its silo, and takes it down before it: on start the agent gets its name, sandboxes start, queues with unfinished work wake;
/// on stop the node takes nothing new, finishes what it can, and what is left is taken back by others.
/// </summary>
public sealed class NodeLifetime(
    NodeAgent agent, AttemptReporter reporter, ISandboxPool sandboxes, QueueRegistry queues, IStore store, IGrainFactory grains, ILocalSiloDetails silo,
    ISiloStatusOracle membership, IHostApplicationLifetime lifetime, IOptions<NodeOptions> options, TimeProvider time, ILogger<NodeLifetime> logger) : BackgroundService, ISiloStatusListener
{
    /// <summary>How often the queues are told the node's room while it changes.</summary>
    private static readonly TimeSpan CreditPeriod = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource reporting = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reported = Task.CompletedTask;

    /// <summary>Completes when the node takes work; faults when its sandboxes cannot start.</summary>
    public Task Ready => ready.Task;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        agent.Identify(silo.Name, NodeDirectory.IncarnationOf(silo.Name, silo.SiloAddress));
        reported = reporter.RunAsync(reporting.Token);
        await sandboxes.StartAsync(cancellationToken);
        membership.SubscribeToSiloStatusEvents(this);
        // The front door may take a while to close; the node takes nothing new from the first moment.
        lifetime.ApplicationStopping.Register(agent.StopTaking);
        await base.StartAsync(cancellationToken);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status is SiloStatus.Active or SiloStatus.Dead) _ = TellQueuesAsync(queue => queue.MembershipChangedAsync());
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await agent.DrainAsync(options.Value.DrainPatience, cancellationToken);
        await base.StopAsync(cancellationToken);
        await reporting.CancelAsync();
        await reported;
    }

    public override void Dispose()
    {
        reporting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WakeAsync(stoppingToken);
        ready.TrySetResult();
        using var timer = new PeriodicTimer(CreditPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Ends carry the room with them; this is for a node whose room changes while nothing ends.
            int capacity = agent.Capacity;
            foreach (QueueKey queue in agent.TakeUntold(capacity)) await grains.GetGrain<IQueueGrain>(queue.GrainKey).CreditAsync(agent.Name, capacity);
        }
    }

    /// <summary>Whatever has unfinished work in the store.</summary>
    private async Task WakeAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                foreach (QueueKey queue in await store.Jobs.ListActiveQueuesAsync(cancel)) await grains.GetGrain<IQueueGrain>(queue.GrainKey).WakeAsync();
                foreach (Guid operation in await store.Bulk.ListRunningAsync(cancel)) await grains.GetGrain<IBulkGrain>(operation).GetAsync("");
                await grains.GetGrain<IRetentionGrain>(0).StartAsync();
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or OrleansException or TimeoutException)
            {
                NodeLifetimeLog.CannotWake(logger, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancel);
            }
        }
    }

    private async Task TellQueuesAsync(Func<IQueueGrain, Task> tell)
    {
        foreach (IQueueGrain queue in queues.Active) await tell(queue);
    }
}

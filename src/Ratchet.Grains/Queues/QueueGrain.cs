using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;

namespace Ratchet.Grains.Queues;

/// <summary>See <see cref="IQueueGrain"/>. Reentrant: reads of the store interleave with offers and ends; <see cref="ReadyWindow"/> is exact under that.</summary>
[Reentrant]
public sealed partial class QueueGrain(
    IStore store, NodeDirectory directory, QueueRegistry registry, IOptions<QueueOptions> options, TimeProvider time, ILogger<QueueGrain> logger)
    : Grain, IQueueGrain, IRemindable
{
    private const string WatchdogReminder = "watchdog";
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ReadyWindow window = new(options.Value.Window);
    private readonly Dictionary<string, NodeLink> nodes = [];
    private QueueKey key;
    private bool recovered;
    private bool recovering;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = QueueKey.FromGrainKey(this.GetPrimaryKeyString());
        registry.Add(this.AsReference<IQueueGrain>());
        dueTimer = this.RegisterGrainTimer(PromoteAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        retryTimer = this.RegisterGrainTimer(RecoverAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        await this.RegisterOrUpdateReminder(WatchdogReminder, options.Value.Watchdog, options.Value.Watchdog, cancellationToken);
        // Not awaited: a large recovery must not hold up the activation, and offers are kept by the store meanwhile.
        _ = RecoverAsync(CancellationToken.None);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        registry.Remove(this.AsReference<IQueueGrain>());
        return Task.CompletedTask;
    }

    public Task WakeAsync() => Task.CompletedTask;

    public Task ReceiveReminder(string reminderName, TickStatus status) => RecoverAsync(CancellationToken.None);

    public Task OfferAsync(IReadOnlyList<ReadyJob> jobs)
    {
        foreach (ReadyJob job in jobs) window.Offer(job);
        HandOut();
        return Task.CompletedTask;
    }

    public Task NoteDueAsync(DateTimeOffset dueAt)
    {
        ArmDue(dueAt);
        return Task.CompletedTask;
    }

    public Task SettledAsync(SettledBatch batch)
    {
        nodes.TryGetValue(batch.Node, out NodeLink? node);
        foreach (SettledJob job in batch.Jobs)
        {
            node?.InFlight.Remove(job.Id);
            bool watched = window.Settle(job.Id);
            if (job.Requeue is { } again) window.Offer(again);
            if (job.DueAt is not { } due) continue;
            if (watched) window.Watch(job.Id);
            ArmDue(due);
        }

        if (node is not null) node.Capacity = batch.Capacity;
        HandOut();
        return Task.CompletedTask;
    }

    public Task CreditAsync(string node, int capacity)
    {
        if (nodes.TryGetValue(node, out NodeLink? link)) link.Capacity = capacity;
        else return RecoverAsync(CancellationToken.None);
        HandOut();
        return Task.CompletedTask;
    }

    public Task MembershipChangedAsync() => RecoverAsync(CancellationToken.None);

    public async Task<bool> WatchAsync(JobId job)
    {
        if (!window.Watch(job)) return false;
        NodeLink? node = nodes.Values.FirstOrDefault(n => n.InFlight.ContainsKey(job));
        return node is null || await GrainFactory.GetGrain<Ratchet.Workers.IWorkerNodeGrain>(node.Name).WatchAsync(job);
    }

    public async Task<string?> WithdrawAsync(JobId job)
    {
        window.Settle(job);
        NodeLink? node = nodes.Values.FirstOrDefault(n => n.InFlight.ContainsKey(job));
        if (node is null) return null;
        return await GrainFactory.GetGrain<Ratchet.Workers.IWorkerNodeGrain>(node.Name).InterruptAsync(job) ? node.Name : null;
    }

    public Task<QueueStats> StatsAsync() =>
        Task.FromResult(new QueueStats(window.Waiting, nodes.Values.Sum(n => n.InFlight.Count), nodes.Count, window.MoreInStore, nextDue));
}

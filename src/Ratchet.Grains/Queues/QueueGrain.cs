using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Ratchet.Execution.Caching;
using Ratchet.Grains.Submissions;
using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Workers;

namespace Ratchet.Grains.Queues;

/// <summary>See <see cref="IQueueGrain"/>. Reentrant: reads of the store interleave with offers and ends; <see cref="ReadyWindow"/> is exact under that.</summary>
[Reentrant]
[SuppressMessage("Design", "CA1001", Justification = "No wait handle is ever asked of its semaphores: there is nothing to dispose.")]
public sealed partial class QueueGrain : Grain, IQueueGrain, IRemindable
{
    private const string WatchdogReminder = "watchdog";
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private readonly IStore store;
    private readonly IJournal journal;
    private readonly NodeDirectory directory;
    private readonly QueueRegistry registry;
    private readonly QueueOptions options;
    private readonly QueueModes submitModes;
    private readonly CacheCounts cacheCounts;
    private readonly TimeProvider time;
    private readonly ILogger<QueueGrain> logger;
    private readonly ReadyWindow window;
    private readonly Dictionary<string, NodeLink> nodes = [];
    private readonly NodePicker picker;
    private readonly EndRate endRate;
    private QueueKey key;
    private WorkMode mode;
    private bool recovered;
    private bool recovering;

    public QueueGrain(
        IStore store, IJournal journal, NodeDirectory directory, QueueRegistry registry, QueueMetrics metrics, IOptions<QueueOptions> options,
        QueueModes submitModes, CacheCounts cacheCounts, TimeProvider time, ILogger<QueueGrain> logger)
    {
        this.store = store;
        this.journal = journal;
        this.directory = directory;
        this.registry = registry;
        this.metrics = metrics;
        oldestReady = OldestReady;
        this.options = options.Value;
        this.submitModes = submitModes;
        this.cacheCounts = cacheCounts;
        this.time = time;
        this.logger = logger;
        window = new ReadyWindow(this.options.Window, HoldOf);
#pragma warning disable CA5394 // Spreads load; it guards nothing.
        picker = new NodePicker(this.options.Balance, Random.Shared.NextDouble);
#pragma warning restore CA5394
        endRate = new EndRate(time);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = QueueKey.FromGrainKey(this.GetPrimaryKeyString());
        registry.Add(this.AsReference<IQueueGrain>());
        gauges = metrics.Add(key);
        due = new Alarm(Timer(WorkOffDueAsync), DueGrain, time);
        retryTimer = Timer(RecoverAsync);
        limitTry = new Alarm(Timer(_ => TryHeldAgainAsync()), DueGrain, time);
        await this.RegisterOrUpdateReminder(WatchdogReminder, options.Watchdog, options.Watchdog, cancellationToken);
        // Not awaited: a large recovery must not hold up the activation, and offers are kept by the store meanwhile.
        Go(RecoverAsync(CancellationToken.None));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        over = true;
        registry.Remove(this.AsReference<IQueueGrain>());
        if (failed) _ = Task.Run(WakeNextAsync, CancellationToken.None);
        if (gauges is not null) metrics.Remove(gauges);
        return Task.CompletedTask;
    }

    public Task WakeAsync() => Task.CompletedTask;

    /// <summary>The watchdog trusts nothing: an end that nobody told of would hold its place at a node for ever, so all nodes are asked what they run.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        foreach (NodeLink node in nodes.Values) node.InDoubt = true;
        return RecoverAsync(CancellationToken.None);
    }

    public Task OfferAsync(IReadOnlyList<ReadyJob> jobs)
    {
        foreach (ReadyJob job in jobs) window.Offer(job);
        HandOut();
        return Task.CompletedTask;
    }

    public Task RerankAsync(ReadyJob job)
    {
        window.Rerank(job);
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
        if (meeting.TryGetValue(batch.Node, out HashSet<JobToken>? ended)) ended.UnionWith(batch.Jobs.Select(j => new JobToken(j.Id, j.Fence)));
        foreach (SettledJob job in batch.Jobs)
        {
            if (node is not null && node.InFlight.TryGetValue(job.Id, out ReadyJob? was) && was.Fence == job.Fence)
            {
                node.InFlight.Remove(job.Id);
                ReuseWaiting(was);
                NoteEnded(was);
            }

            bool watched = window.Settle(job.Id, job.Fence);
            if (job.Requeue is { } again) window.Offer(again);
            if (job.DueAt is not { } dueAt) continue;
            if (watched) window.Watch(job.Id);
            ArmDue(dueAt);
        }

        endRate.Note(batch.Jobs.Count);
        if (gauges is not null) metrics.Settled(gauges, batch.Jobs.Count);
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
        return NodeOf(job) is not { } node || await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).WatchAsync(job);
    }

    public async Task<string?> WithdrawAsync(JobId job)
    {
        // What runs is settled by its node, which tells of the interrupted attempt's end.
        if (NodeOf(job) is { } node) return await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).InterruptAsync(job) ? node.Name : null;
        bool mayBeBack = window.Reading || window.Knows(job);
        window.Settle(job);
        // Somebody may have put it back between the withdrawal's commit and now, and this has just dropped it.
        if (mayBeBack && await ReadAgainAsync(job) is { } again) await OfferAsync([again]);
        return null;
    }

    public async Task<string?> CancelRunAsync(JobId job, string actor, string? reason) =>
        NodeOf(job) is { } node && await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).CancelAsync(job, actor, reason) ? node.Name : null;

    private async Task<ReadyJob?> ReadAgainAsync(JobId job)
    {
        try
        {
            return await store.Jobs.ReadReadyAsync(key.Tenant, job, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            QueueLog.StoreAway(logger, key.ToString(), e.Message);
            RetryLater();
            return null;
        }
    }

    public Task<QueueStats> StatsAsync() => Task.FromResult(
        new QueueStats(Waiting, InFlight, nodes.Count, window.MoreInStore, due?.At, mode, window.Lanes.Count, window.Held));

    /// <summary>What the limits' keeper is being asked about, or has granted and no node has yet, waits too.</summary>
    private int Waiting => window.Waiting + asking + granted.Count;

    private int InFlight => nodes.Values.Sum(n => n.InFlight.Count);

    private NodeLink? NodeOf(JobId job) => nodes.Values.FirstOrDefault(n => n.InFlight.ContainsKey(job));

    private IGrainTimer Timer(Func<CancellationToken, Task> callback) => this.RegisterGrainTimer(
        callback, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
}

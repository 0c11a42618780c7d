using Microsoft.Extensions.Logging;
using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Workers;

namespace Ratchet.Grains.Limiting;

/// <summary>See <see cref="ILimiterGrain"/>. Who holds what is known by the nodes that run it: a new activation asks them all before it grants anything.</summary>
public sealed partial class LimiterGrain(IStore store, NodeDirectory directory, LimitMetrics metrics, TimeProvider time, ILogger<LimiterGrain> logger) : Grain, ILimiterGrain
{
    /// <summary>Exchanges between two looks for rates that can be forgotten.</summary>
    private const int ExchangesASweep = 4_096;

    private readonly LimitBook book = new();
    private readonly RateBook rates = new();
    private readonly HashSet<QueueKey> queues = [];
    private readonly HashSet<string> nodes = [];
    private LimitRules rules = new([]);
    private long epoch;
    private int exchanges;
    private IGrainTimer? renewal;
    private bool renewing;

    private string Tenant => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        rules = new LimitRules(await store.Controls.GetLimitsAsync(Tenant, cancellationToken));
        rates.Take(await store.Controls.GetReservationsAsync(Tenant, time.GetUtcNow(), cancellationToken));
        renewal = this.RegisterGrainTimer(RenewAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        await TakeOverAsync();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Gone(Tenant);
        return Task.CompletedTask;
    }

    public async Task<LimitNotice> JoinAsync(QueueKey queue, IReadOnlyList<LimitHolder> holding)
    {
        queues.Add(queue);
        if (directory.Live().Any(n => !nodes.Contains(n.Incarnation))) await TakeOverAsync();
        DateTimeOffset now = time.GetUtcNow();
        HashSet<JobId> held = [.. holding.Select(h => h.Job)];
        var freed = new HashSet<string>();
        foreach (JobId gone in book.OfQueue(queue).Where(j => !held.Contains(j)).ToList()) freed.UnionWith(book.Release(gone, now));
        foreach (JobId gone in rates.OpenOf(queue).Where(j => !held.Contains(j)).ToList()) rates.Release(gone, now);
        foreach (LimitHolder holder in holding.Where(h => !book.Holds(h.Job))) book.Hold(holder.Job, queue, rules.KeysOf(holder.Lane));
        foreach (string key in freed) Tell(key, null);
        metrics.Stands(Tenant, book);
        return rules.For(queue);
    }

    public async Task<LimitReply> ExchangeAsync(QueueKey queue, IReadOnlyList<JobId> ended, IReadOnlyList<LimitAsk> asks)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (++exchanges % ExchangesASweep == 0)
        {
            rates.Sweep(now);
            book.Sweep();
        }

        var freed = new HashSet<string>();
        foreach (JobId job in ended)
        {
            freed.UnionWith(book.Release(job, now));
            rates.Release(job, now);
        }

        var answers = new LimitAnswer[asks.Count];
        for (int i = 0; i < answers.Length; i++) answers[i] = Answer(queue, asks[i], now);
        if (rates.Unwritten.Count > 0) await WriteReservationsAsync(asks, now);
        KeepRenewing();

        var room = new List<LimitRoom>();
        foreach (string key in freed)
        {
            if (Tell(key, queue) is { } here) room.Add(here);
        }

        metrics.Answered(answers);
        metrics.Stands(Tenant, book);
        return new LimitReply(epoch, answers, room);
    }

    private LimitAnswer Answer(QueueKey queue, LimitAsk ask, DateTimeOffset now)
    {
        bool holds = book.Holds(ask.Job), open = rates.IsOpen(ask.Job, ask.Fence);
        // What is open of an earlier attempt is over: it cannot be asked about again before.
        if (!open) rates.Release(ask.Job, now);
        foreach ((string key, int limit) in holds ? [] : rules.ConcurrencyOf(ask))
        {
            if (book.Holders(key) < limit) continue;
            book.Wait(key, queue, limit);
            return new LimitAnswer(key, null);
        }

        List<(string Key, RateLimit Limit)> wanted = open ? [] : [.. rules.RatesOf(ask, queue)];
        foreach ((string key, RateLimit limit) in wanted)
        {
            if (rates.RoomAt(key, limit, now) is not { } at) continue;
            rates.Wait(key, queue, at);
            return new LimitAnswer(key, at);
        }

        rates.Grant(queue, ask, wanted, now);
        if (!holds) book.Hold(ask.Job, queue, rules.KeysOf(ask.Lane), now);
        foreach ((string key, int limit) in rules.ConcurrencyOf(ask)) book.NoteLimit(key, limit);
        return default;
    }

    public Task StartedAsync(IReadOnlyList<LimitStart> starts)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (LimitStart start in starts) rates.Start(start, now);
        return Task.CompletedTask;
    }

    private void KeepRenewing()
    {
        if (renewing || !rates.HasOpen) return;
        renewing = true;
        renewal!.Change(RateBook.RenewEvery, RateBook.RenewEvery);
    }

    /// <summary>Keeps the reservations of what is open ahead of the clock. Most grants begin before the first time, so that nothing is written.</summary>
    private async Task RenewAsync(CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        rates.Renew(now);
        if (rates.Unwritten.Count > 0)
        {
            try
            {
                await store.Controls.ReserveAsync(Tenant, rates.Unwritten, now, cancel);
                rates.Unwritten.Clear();
            }
            catch (StoreUnavailableException e)
            {
                LimiterLog.NotRenewed(logger, Tenant, e.Message);
            }
        }

        if (rates.HasOpen || rates.Unwritten.Count > 0) return;
        renewing = false;
        renewal!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task WriteReservationsAsync(IReadOnlyList<LimitAsk> asks, DateTimeOffset now)
    {
        try
        {
            await store.Controls.ReserveAsync(Tenant, rates.Unwritten, now, CancellationToken.None);
            rates.Unwritten.Clear();
        }
        catch (StoreUnavailableException)
        {
            // Nothing was granted: what the rates have counted stays, which errs on the safe side, and the reservations are written with the next.
            foreach (LimitAsk ask in asks)
            {
                book.Release(ask.Job, now);
                rates.Release(ask.Job, now);
            }

            throw;
        }
    }

    /// <summary>Tells queues that wait for a key of its room. What concerns the one that is being answered goes with the answer.</summary>
    private LimitRoom? Tell(string key, QueueKey? answered)
    {
        (int free, IReadOnlyList<QueueKey> told) = book.TakeWaiting(key);
        LimitRoom? here = null;
        foreach (QueueKey queue in told)
        {
            var room = new LimitRoom(key, free);
            if (queue == answered) here = room;
            else _ = GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).RoomAsync([room]);
        }

        return here;
    }

    /// <summary>
    /// Becomes the keeper at every live node and learns from each what it runs. A node that is thought alive and does not answer makes this fail: what it runs
    /// counts until it is known to be dead.
    /// </summary>
    private async Task TakeOverAsync()
    {
        epoch = Math.Max(epoch + 1, time.GetUtcNow().UtcTicks);
        while (!await TryTakeOverAsync())
        {
        }

        LimiterLog.TookOver(logger, Tenant, epoch, nodes.Count);
    }

    private async Task<bool> TryTakeOverAsync()
    {
        IReadOnlyList<LiveNode> live = directory.Live();
        NodeHoldings[] holdings = await Task.WhenAll(live.Select(n => GrainFactory.GetGrain<IWorkerNodeGrain>(n.Name).TakeLimitsAsync(Tenant, epoch, rules.Names)));
        long latest = holdings.Select(h => h.Epoch).DefaultIfEmpty(epoch).Max();
        if (latest > epoch)
        {
            // Another activation was here, on a silo whose clock is ahead.
            epoch = latest + 1;
            return false;
        }

        book.Clear();
        foreach (LimitHolder holder in holdings.SelectMany(h => h.Running)) book.Hold(holder.Job, holder.Queue, rules.KeysOf(holder.Lane));
        AdoptStarting([.. holdings.SelectMany(h => h.Starting)]);
        metrics.Stands(Tenant, book);
        nodes.Clear();
        nodes.UnionWith(live.Select(n => n.Incarnation));
        return true;
    }

    /// <summary>What no node has is refused by all of them from now on: it never begins under its grant.</summary>
    private void AdoptStarting(IReadOnlyList<LimitStarting> starting)
    {
        DateTimeOffset now = time.GetUtcNow();
        HashSet<JobId> there = [.. starting.Select(s => s.Ask.Job)];
        foreach (JobId gone in rates.Open.Where(j => !there.Contains(j)).ToList()) rates.Release(gone, now);
        foreach (LimitStarting job in starting) rates.Adopt(job.Queue, job.Ask, [.. rules.RatesOf(job.Ask, job.Queue)], now);
        KeepRenewing();
    }
}

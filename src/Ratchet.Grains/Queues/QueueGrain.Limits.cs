using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>
/// Jobs with limits go in two steps: asked of the tenant's keeper of limits in batches, then handed out. A lane whose best job is denied is held up until
/// the key has room again; other lanes go on.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>Jobs of one lane that are asked about at once: more would mostly be denied, and come back.</summary>
    private const int AsksALane = 8;

    /// <summary>News of room may be lost; lanes that are held up by limits ask again after this long.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly List<ReadyJob> asks = [];
    private readonly List<JobId> ended = [];
    private readonly Queue<ReadyJob> granted = new();
    private readonly Dictionary<string, Queue<Lane>> heldByKey = new(StringComparer.Ordinal);
    private HashSet<string> limitedTasks = new(StringComparer.Ordinal);
    private Alarm? limitTry;
    private int? queueLimit;
    private bool queueHasRate;
    private long limitsEpoch;
    private int asking;

    // Joining tells the keeper all that the queue holds: not while an answer is on its way.
    private readonly SemaphoreSlim limiterTurn = new(1, 1);
    private bool exchanging;

    private ILimiterGrain Limiter => GrainFactory.GetGrain<ILimiterGrain>(key.Tenant);

    public Task RoomAsync(IReadOnlyList<LimitRoom> room)
    {
        LetGo(room);
        HandOut();
        return Task.CompletedTask;
    }

    public Task LimitsChangedAsync(LimitNotice notice)
    {
        Adopt(notice);
        return TryHeldAgainAsync(all: true);
    }

    public Task<QueueUse> UseAsync(int most) => Task.FromResult(new QueueUse(
        [.. nodes.Values.SelectMany(n => n.InFlight.Keys).Take(most)], InFlight, Waiting > 0 && queueLimit is { } limit && InFlight + asking >= limit));

    private bool NeedsGrant(ReadyJob job) => queueHasRate || HasLimits(job);

    private bool HasLimits(ReadyJob job)
    {
        if (limitedTasks.Contains(job.Task.Name)) return true;
        if (job.Lane.Length == job.Task.Name.Length) return false;
        LaneKey lane = KeyOf(job);
        return (lane.Concurrency ?? lane.Rate ?? lane.Cache) is not null;
    }

    private LaneKey KeyOf(ReadyJob job) => window.Find(job.Lane)?.Key ?? LaneKey.Parse(job.Lane);

    private void Adopt(LimitNotice notice)
    {
        limitedTasks = new HashSet<string>(notice.Tasks, StringComparer.Ordinal);
        queueLimit = notice.Queue?.Concurrency;
        queueHasRate = notice.Queue?.Rate is not null;
    }

    private void Ask(ReadyJob job)
    {
        asks.Add(job);
        asking++;
        if (window.Find(job.Lane) is { } lane && ++lane.Asking >= AsksALane) window.SetHold(lane, new Hold(WaitCause.None, "asking"));
    }

    /// <summary>A job that was handed out has come to an end, or back: what it held is given back with the next exchange.</summary>
    private void NoteEnded(ReadyJob job)
    {
        if (NeedsGrant(job) && !window.IsOutAgain(job)) ended.Add(job.Id);
        NoteProbeEnded(job);
    }

    /// <summary>Another keeper knows nothing of what an earlier one granted and no node has yet: it has to be asked for again.</summary>
    private void Adopt(long epoch)
    {
        if (epoch == limitsEpoch) return;
        limitsEpoch = epoch;
        while (granted.TryDequeue(out ReadyJob? job)) window.Return(job);
    }

    /// <summary>A paused queue hands nothing out: what it was granted would keep others from starting for as long as the pause lasts.</summary>
    private void GiveBackGranted()
    {
        while (granted.TryDequeue(out ReadyJob? job))
        {
            window.Return(job);
            ended.Add(job.Id);
        }
    }

    /// <summary>One exchange at a time; whatever comes meanwhile goes with the next.</summary>
    private async Task ExchangeAsync()
    {
        if (exchanging) return;
        exchanging = true;
        await limiterTurn.WaitAsync();
        try
        {
            while (asks.Count > 0 || ended.Count > 0)
            {
                ReadyJob[] asked = [.. asks];
                JobId[] over = [.. ended];
                asks.Clear();
                ended.Clear();
                LimitReply? reply = await AskLimiterAsync(asked, over);
                asking -= asked.Length;
                if (reply is not null) Adopt(reply.Epoch);
                for (int i = 0; i < asked.Length; i++) Take(asked[i], reply?.Answers[i]);
                if (reply is null)
                {
                    RetryLater();
                    break;
                }

                LetGo(reply.Room);
            }
        }
        finally
        {
            limiterTurn.Release();
            exchanging = false;
        }

        HandOut();
    }

    private async Task<LimitReply?> AskLimiterAsync(ReadyJob[] asked, JobId[] over)
    {
        try
        {
            return await Limiter.ExchangeAsync(
                key, over, [.. asked.Select(j => new LimitAsk(j.Id, KeyOf(j), j.Options?.ConcurrencyLimit, j.Options?.RateLimit, j.Fence))]);
        }
#pragma warning disable CA1031 // Nobody awaits the exchange; whatever it was, those that were asked about would never be asked about again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            QueueLog.LimitsAway(logger, key.ToString(), e);
            // It may have taken note or not: what ended is told again, and what was asked is asked again or given back.
            ended.AddRange(over);
            return null;
        }
    }

    private void Take(ReadyJob job, LimitAnswer? answer)
    {
        Lane? lane = window.Find(job.Lane);
        if (lane is not null && --lane.Asking < AsksALane && lane.Hold is { Cause: WaitCause.None }) window.SetHold(lane, HoldOf(lane));
        if (answer is { Granted: true })
        {
            granted.Enqueue(job);
            return;
        }

        window.Return(job);
        if (answer is { } denied && lane is not null) HoldUp(lane, denied);
    }

    private void HoldUp(Lane lane, LimitAnswer denied)
    {
        string limit = denied.Key!;
        if (lane.Hold?.Key == limit) return;
        window.SetHold(lane, new Hold(CauseOf(lane, denied), limit, denied.RetryAt));
        if (!heldByKey.TryGetValue(limit, out Queue<Lane>? held)) heldByKey[limit] = held = new Queue<Lane>();
        held.Enqueue(lane);
        limitTry!.Set(denied.RetryAt ?? time.GetUtcNow() + AskAgain);
    }

    private static WaitCause CauseOf(Lane lane, LimitAnswer denied)
    {
        if (denied.RetryAt is not null) return WaitCause.RateLimit;
        if (LimitKeys.IsResult(denied.Key!)) return WaitCause.CachedResult;
        return denied.Key == LimitKeys.Task(lane.Key.Task) ? WaitCause.TaskLimit : WaitCause.KeyLimit;
    }

    /// <summary>Lets as many lanes ask again as there is room for, those that have waited longest first.</summary>
    private void LetGo(IReadOnlyList<LimitRoom> room)
    {
        foreach (LimitRoom free in room)
        {
            if (!heldByKey.TryGetValue(free.Key, out Queue<Lane>? held)) continue;
            for (int left = free.Free; left > 0 && held.TryDequeue(out Lane? lane);)
            {
                if (lane.Hold?.Key != free.Key || window.Find(lane.Text) != lane) continue;
                window.SetHold(lane, HoldOf(lane));
                left -= lane.Waiting;
            }

            if (held.Count == 0) heldByKey.Remove(free.Key);
        }
    }

    /// <summary>Lets go whatever a limit held up and might not any more: rates whose time has come, and all that waits for news that may be lost.</summary>
    /// <param name="all">The rules are others now: what was said of when there is room does not hold any more.</param>
    private Task TryHeldAgainAsync(bool all = false)
    {
        limitTry!.Fired();
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? next = null;
        foreach (string limit in heldByKey.Keys.ToList())
        {
            Queue<Lane> held = heldByKey[limit];
            for (int left = held.Count; left > 0; left--)
            {
                Lane lane = held.Dequeue();
                if (lane.Hold?.Key != limit || window.Find(lane.Text) != lane) continue;
                if (!all && lane.Hold.Until is { } until && until > now)
                {
                    held.Enqueue(lane);
                    if (!(next < until)) next = until;
                }
                else
                {
                    window.SetHold(lane, HoldOf(lane));
                }
            }

            if (held.Count == 0) heldByKey.Remove(limit);
        }

        if (next is { } at) limitTry.Set(at);
        HandOut();
        return Task.CompletedTask;
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Ratchet.Execution.Webhooks;
using Ratchet.Jobs;
using Ratchet.Storage;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>
/// See <see cref="IWebhookDispatchGrain"/>. Deliveries and the place up to which they are made are written in one transaction, which fails when somebody else has
/// moved that place: a crash before it repeats the work, a crash after it has nothing left to do, and of two grains at once one starts over.
/// </summary>
public sealed partial class WebhookDispatchGrain(
    IStore store, WebhookMetrics metrics, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookDispatchGrain> logger)
    : Grain, IWebhookDispatchGrain, IRemindable
{
    private const int Page = 500;

    /// <summary>Of a turn; then others may have theirs.</summary>
    private const int MostPages = 10;
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>How long an idle tenant's place may stay behind the end: what lies between is gone through again after a restart.</summary>
    private static readonly TimeSpan MoveAtLeastEvery = TimeSpan.FromMinutes(1);

    private string tenant = "";
    private IGrainTimer timer = null!;
    private IReadOnlyList<WebhookRecord> webhooks = [];

    /// <summary>What the row says, and how far this grain is beyond it with nothing to deliver.</summary>
    private EventCursor known;
    private EventCursor from;
    private DateTimeOffset movedAt;
    private bool stale = true;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        tenant = this.GetPrimaryKeyString();
        timer = this.RegisterGrainTimer(WorkAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Gone(tenant);
        return Task.CompletedTask;
    }

    public Task RefreshAsync()
    {
        stale = true;
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => RefreshAsync();

    private async Task WorkAsync(CancellationToken cancel)
    {
        TimeSpan? again = options.Value.Poll;
        try
        {
            if (stale) await ReadAsync();
            bool more = webhooks.Count > 0 && await FollowAsync();
            await LookAfterAsync();
            await KeepWatchdogAsync();
            if (more || stale) again = TimeSpan.Zero;
            else if (webhooks.Count == 0) again = null;
        }
        catch (Exception e) when (e is RatchetException or OrleansException or TimeoutException)
        {
            WebhookLog.CannotFollow(logger, tenant, e.Message);
            (stale, again) = (true, RetryAfterFailure);
        }
        catch (Exception e)
        {
            // Whatever it is, the events to come are not to be lost to it.
            WebhookLog.FollowingFailed(logger, e, tenant);
            (stale, again) = (true, RetryAfterFailure);
        }

        timer.Change(again ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task ReadAsync()
    {
        // Before the reading: a change that comes meanwhile is read at the next turn.
        stale = false;
        HashSet<string> before = [.. webhooks.Select(w => w.Definition.Id)];
        webhooks = [.. (await store.Webhooks.ListAsync(tenant, CancellationToken.None)).Where(w => w.Definition.Enabled)];
        fresh.UnionWith(webhooks.Select(w => w.Definition.Id).Where(id => !before.Contains(id)));
        known = await store.Webhooks.GetCursorAsync(tenant, CancellationToken.None);
        lookedAt = default;
        if (webhooks.Count == 0) return;
        // What came while none was enabled is for nobody.
        from = EventOrder.Later(known, webhooks.Select(w => w.Since).MinBy(s => (s.Transaction, s.Sequence)));
    }

    /// <returns>Whether there is more to be followed at once.</returns>
    private async Task<bool> FollowAsync()
    {
        for (int pages = 0; pages < MostPages && !stale; pages++)
        {
            EventCursor position = await store.Webhooks.GetPositionAsync(CancellationToken.None);
            IReadOnlyList<WebhookEvent> events = await store.Webhooks.FollowAsync(tenant, from, position, Page, CancellationToken.None);
            bool whole = events.Count < Page;
            EventCursor next = whole ? EventOrder.Later(from, position) : events[^1].Event.Cursor;
            NewDelivery[] deliveries = [.. events.SelectMany(DeliveriesOf)];
            DateTimeOffset now = time.GetUtcNow();
            if (events.Count > 0 || (next != known && now - movedAt >= MoveAtLeastEvery))
            {
                if (!await store.Webhooks.DispatchAsync(tenant, known, next, deliveries, now, CancellationToken.None))
                {
                    stale = true;
                    return true;
                }

                (known, movedAt) = (next, now);
            }

            from = next;
            if (deliveries.Length > 0) await TellAsync(deliveries, now - events[0].Event.At);
            if (whole) return false;
        }

        return true;
    }

    private IEnumerable<NewDelivery> DeliveriesOf(WebhookEvent happened)
    {
        string type = WebhookEvents.TypeOf(happened.Event.Transition);
        string? payload = null;
        foreach (WebhookRecord webhook in webhooks)
        {
            if (!WebhookFilterMatch.Matches(webhook, happened, type)) continue;
            payload ??= WebhookPayload.Of(tenant, happened, type);
            // Ids of this kind ascend, also within a millisecond.
            yield return new NewDelivery(JobId.New(time).Value, webhook.Definition.Id, happened.Event.Cursor, type, happened.Event.Job, payload);
        }
    }

    private async Task TellAsync(NewDelivery[] deliveries, TimeSpan oldest)
    {
        metrics.Made(deliveries.Length, oldest);
        foreach (string id in deliveries.Select(d => d.Webhook).Distinct()) await WakeAsync(id);
    }

    private Task WakeAsync(string id) => GrainFactory.GetGrain<IWebhookGrain>(new WebhookKey(tenant, id).GrainKey).WakeAsync();
}

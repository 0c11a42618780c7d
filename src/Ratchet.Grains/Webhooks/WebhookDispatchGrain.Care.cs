using Orleans.Runtime;
using Ratchet.Execution.Webhooks;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>Looks after webhooks whose grain is gone with its silo, after backlogs, and after itself: a reminder brings it back while it is needed.</summary>
public sealed partial class WebhookDispatchGrain
{
    private const string WatchdogReminder = "watchdog";
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Webhooks that were enabled since the last look.</summary>
    private readonly HashSet<string> fresh = new(StringComparer.Ordinal);

    /// <summary>What waited already for those that were enabled although too much did: it may go on, and so much again may come.</summary>
    private readonly Dictionary<string, int> allowed = new(StringComparer.Ordinal);
    private DateTimeOffset lookedAt;
    private bool? guarded;

    private async Task LookAfterAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - lookedAt < LookEvery && now >= lookedAt) return;
        foreach (string id in await store.Webhooks.Deliveries.ListDueAsync(tenant, now, CancellationToken.None)) await WakeAsync(id);
        int most = options.Value.Backlog;
        (long count, DateTimeOffset? oldest) = (0, null);
        foreach (WebhookRecord webhook in webhooks)
        {
            string id = webhook.Definition.Id;
            bool first = fresh.Contains(id);
            int bound = most + allowed.GetValueOrDefault(id);
            DeliveryBacklog backlog = await store.Webhooks.Deliveries.GetBacklogAsync(webhook.Key, first ? int.MaxValue : bound + 1, CancellationToken.None);
            fresh.Remove(id);
            count += backlog.Count;
            if (oldest is null || backlog.Oldest < oldest) oldest = backlog.Oldest;
            if (backlog.Count <= most) allowed.Remove(id);
            else if (first) allowed[id] = backlog.Count;
            else if (backlog.Count > bound) await DisableAsync(webhook, $"more than {bound} deliveries wait for it (Webhooks:Backlog)", now);
        }

        metrics.Waiting(tenant, count, oldest);
        lookedAt = now;
    }

    private async Task DisableAsync(WebhookRecord webhook, string reason, DateTimeOffset now)
    {
        WebhookRecord off = webhook with { Definition = webhook.Definition with { Enabled = false }, DisabledReason = reason, Revision = webhook.Revision + 1, UpdatedAt = now };
        stale = true;
        if (!await store.Webhooks.ReplaceAsync(off, webhook.Revision, CancellationToken.None)) return;
        WebhookLog.Disabled(logger, webhook.Key.ToString(), reason);
        metrics.Disabled("BACKLOG");
        await WakeAsync(webhook.Definition.Id);
    }

    private async Task KeepWatchdogAsync()
    {
        bool needed = webhooks.Count > 0;
        if (needed == guarded) return;
        if (needed) await this.RegisterOrUpdateReminder(WatchdogReminder, Watchdog, Watchdog);
        else if (await this.GetReminder(WatchdogReminder) is { } reminder) await this.UnregisterReminder(reminder);
        guarded = needed;
    }
}

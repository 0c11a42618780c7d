using Ratchet.Preconditions;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>The webhook's making, its changes and its end. Each reads the row first: another activation may have changed it.</summary>
public sealed partial class WebhookGrain
{
    public async Task<WebhookView> CreateAsync(WebhookDefinition definition, SecretText secret)
    {
        WebhookDefinition wanted = WebhookRules.Check(definition, sender.Policy);
        WebhookRules.CheckSecret(secret.Value);
        while (true)
        {
            await ReadAsync();
            if (webhook is not null)
            {
                if (wanted.IsSameAs(webhook.Definition) && seal.Open(key, webhook.Secret) == secret.Value) return await ToldAsync(webhook);
                throw new WebhookConflictException($"There is a webhook '{key.Id}' already; update it, or choose another id.");
            }

            if ((await store.Webhooks.ListAsync(key.Tenant, CancellationToken.None)).Count >= Limits.Webhooks)
                throw new WebhookConflictException($"There are {Limits.Webhooks} webhooks, which is the most there may be; delete one first.");
            DateTimeOffset now = Now();
            var made = new WebhookRecord
            {
                Tenant = key.Tenant,
                Definition = wanted,
                // From the clock, so that a webhook that is made again under its old id goes on above its old revisions.
                Revision = (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
                Secret = seal.Seal(key, secret.Value),
                Since = await store.Webhooks.GetPositionAsync(CancellationToken.None),
                CreatedAt = now,
                UpdatedAt = now,
            };
            // Somebody else may have been first; what is there then decides.
            if (await store.Webhooks.AddAsync(made, CancellationToken.None)) return await ToldAsync(made);
        }
    }

    public async Task<WebhookView?> ReviseAsync(WebhookDefinition definition, long revision)
    {
        WebhookRecord known = await RequireAsync();
        if (known.Revision != revision) return null;
        WebhookDefinition wanted = WebhookRules.Check(definition, sender.Policy);
        if (wanted.IsSameAs(known.Definition)) return View(known);
        return await ReplaceAsync(known, await SwitchedAsync(known, wanted));
    }

    public async Task<WebhookView> EnableAsync(bool enabled)
    {
        while (true)
        {
            WebhookRecord known = await RequireAsync();
            if (known.Definition.Enabled == enabled) return View(known);
            if (await ReplaceAsync(known, await SwitchedAsync(known, known.Definition with { Enabled = enabled })) is { } changed) return changed;
        }
    }

    public async Task<bool> DeleteAsync(Precondition? only)
    {
        bool deleted = await store.Webhooks.DeleteAsync(key, only, CancellationToken.None);
        (webhook, stale, untold) = (null, false, true);
        await TellAsync();
        return deleted;
    }

    public async Task<WebhookView> RotateAsync(SecretText secret, TimeSpan overlap)
    {
        WebhookRules.CheckSecret(secret.Value);
        WebhookRules.CheckOverlap(overlap);
        while (true)
        {
            WebhookRecord known = await RequireAsync();
            // Said again after a call whose answer was lost.
            if (seal.Open(key, known.Secret) == secret.Value) return View(known);
            bool both = overlap > TimeSpan.Zero;
            WebhookRecord rotated = known with { Secret = seal.Seal(key, secret.Value), PreviousSecret = both ? known.Secret : null, PreviousUntil = both ? Now() + overlap : null };
            if (await ReplaceAsync(known, rotated) is { } changed) return changed;
        }
    }

    /// <summary>The row with another definition. One that is turned on starts anew: with events from now on, and no failures behind it.</summary>
    private async Task<WebhookRecord> SwitchedAsync(WebhookRecord known, WebhookDefinition wanted)
    {
        WebhookRecord changed = known with { Definition = wanted };
        if (!wanted.Enabled || known.Definition.Enabled) return changed;
        return changed with { Since = await store.Webhooks.GetPositionAsync(CancellationToken.None), FailingSince = null, DisabledReason = null };
    }

    /// <summary>Null when the row has changed meanwhile.</summary>
    private async Task<WebhookView?> ReplaceAsync(WebhookRecord known, WebhookRecord wanted)
    {
        WebhookRecord changed = wanted with { Revision = known.Revision + 1, UpdatedAt = Now() };
        return await store.Webhooks.ReplaceAsync(changed, known.Revision, CancellationToken.None) ? await ToldAsync(changed) : null;
    }

    /// <summary>Takes over a row that was written, and tells those who make deliveries; when they cannot be told now, the timer goes on trying.</summary>
    private async Task<WebhookView> ToldAsync(WebhookRecord written)
    {
        (webhook, stale, untold) = (written, false, true);
        WorkSoon();
        await TellAsync();
        return View(written);
    }

    private async Task<WebhookRecord> RequireAsync()
    {
        await ReadAsync();
        return webhook ?? throw WebhookNotFoundException.Of(key.Id);
    }

    private WebhookView View(WebhookRecord record) => WebhookViews.Of(record, time.GetUtcNow());
}

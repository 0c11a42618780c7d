using System.Text;
using Ratchet.Execution.Webhooks;
using Ratchet.Storage;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>Attempts and what follows from them.</summary>
public sealed partial class WebhookGrain
{
    /// <summary>Longest wait that a receiver can ask for.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <returns>When to look again; null when nothing waits or there is no room, which the end of an attempt makes.</returns>
    private async Task<DateTimeOffset?> StartDueAsync(WebhookRecord of)
    {
        int room = of.Definition.Concurrency - running.Count;
        if (room <= 0) return null;
        // Those under way are still PENDING in the store, and may be the first there.
        IReadOnlyList<PendingDelivery> next = await store.Webhooks.Deliveries.ReadNextAsync(key, of.Definition.Enabled, room + running.Count + 1, CancellationToken.None);
        foreach (PendingDelivery delivery in next.Where(d => !running.ContainsKey(d.Id)))
        {
            if (delivery.NextAt > time.GetUtcNow()) return delivery.NextAt;
            if (room-- == 0) return null;
            var begun = new TaskCompletionSource();
            running[delivery.Id] = RunAsync(of, delivery, begun.Task);
            begun.SetResult();
        }

        return null;
    }

    /// <param name="begun">It is among those that run.</param>
    private async Task RunAsync(WebhookRecord of, PendingDelivery delivery, Task begun)
    {
        await begun;
        metrics.Began();
        try
        {
            WebhookAnswer answer = await sender.SendAsync(MessageOf(of, delivery), ending.Token);
            metrics.Attempted(answer.Accepted, answer.Status, answer.Duration);
            await EndAsync(delivery, answer);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The grain goes; the delivery is as it was.
        }
        catch (RatchetException e)
        {
            // Such as a secret that cannot be opened: no attempt was made.
            WebhookLog.TriesAgain(logger, key.ToString(), e.Message);
            await EndAsync(delivery, new WebhookAnswer(Now(), null, e.Message, TimeSpan.Zero, null, null));
        }
        catch (Exception e)
        {
            WebhookLog.Failed(logger, e, key.ToString());
            await EndAsync(delivery, new WebhookAnswer(Now(), null, "It could not be sent through a fault of the server, whose log has the details.", TimeSpan.Zero, null, null));
        }
        finally
        {
            metrics.LeftOff();
            running.Remove(delivery.Id);
            WorkSoon();
        }
    }

    private WebhookMessage MessageOf(WebhookRecord of, PendingDelivery delivery)
    {
        var secrets = new List<string> { of.Secret };
        if (of.PreviousSecret is { } previous && of.PreviousUntil > time.GetUtcNow()) secrets.Add(previous);
        byte[][] keys = [.. secrets.Select(s => WebhookSecret.TryParse(seal.Open(key, s), out byte[] bytes) ? bytes : throw new RatchetException("The webhook's secret in the store is none."))];
        return new WebhookMessage(of.Definition.Url, DeliveryId.Format(delivery.Id), Encoding.UTF8.GetBytes(delivery.Payload), keys);
    }

    private async Task EndAsync(PendingDelivery delivery, WebhookAnswer answer)
    {
        DateTimeOffset now = Now();
        TimeSpan? wait = answer.Accepted ? null : WaitAfter(delivery, answer);
        DeliveryState state = answer.Accepted ? DeliveryState.Succeeded : wait is null ? DeliveryState.Failed : DeliveryState.Pending;
        var attempt = new DeliveryAttempt(delivery.Attempts + 1, answer.At, answer.Status, answer.Error, answer.Duration, answer.Response);
        if (!await RecordAsync(new DeliveryOutcome(delivery.Id, delivery.Attempts, state, now + wait, now, attempt))) return;
        Note(delivery, answer, state);
        if (delivery.Type != WebhookEvents.Ping) await JudgeAsync(answer, state, now);
    }

    /// <summary>Null when no further attempt follows.</summary>
    private TimeSpan? WaitAfter(PendingDelivery delivery, WebhookAnswer answer)
    {
        IReadOnlyList<TimeSpan> waits = options.Value.Waits;
        if (delivery.Type == WebhookEvents.Ping || answer.Status == WebhookAnswer.Gone || delivery.Tries >= waits.Count) return null;
        double jitter = options.Value.Jitter;
        TimeSpan wait = waits[delivery.Tries] * (1 - jitter + (2 * jitter * Random.Shared.NextDouble()));
        if (answer.RetryAfter is not { } asked || asked <= wait) return wait;
        return asked < LongestRetryAfter ? asked : LongestRetryAfter;
    }

    /// <summary>What was sent is written, however long the store is away: otherwise it would be sent again.</summary>
    private async Task<bool> RecordAsync(DeliveryOutcome outcome)
    {
        while (true)
        {
            try
            {
                return await store.Webhooks.Deliveries.RecordAsync(key, outcome, CancellationToken.None);
            }
            catch (StoreUnavailableException e)
            {
                WebhookLog.TriesAgain(logger, key.ToString(), e.Message);
                await Task.Delay(RetryAfterFailure, time, ending.Token);
            }
        }
    }

    private void Note(PendingDelivery delivery, WebhookAnswer answer, DeliveryState state)
    {
        string id = DeliveryId.Format(delivery.Id);
        if (state != DeliveryState.Pending) metrics.Ended(state);
        if (state == DeliveryState.Succeeded) WebhookLog.Delivered(logger, key.ToString(), id, delivery.Attempts + 1);
        else if (state == DeliveryState.Failed) WebhookLog.DeliveryFailed(logger, key.ToString(), id, answer.Error!);
        else
        {
            metrics.Retrying();
            WebhookLog.AttemptFailed(logger, key.ToString(), id, delivery.Attempts + 1, answer.Error!);
        }
    }

    /// <summary>What an attempt says of the webhook as a whole.</summary>
    private async Task JudgeAsync(WebhookAnswer answer, DeliveryState state, DateTimeOffset now)
    {
        if (webhook is not { } known) return;
        DateTimeOffset? failing = answer.Accepted ? null : known.FailingSince ?? now;
        if (failing != known.FailingSince)
        {
            webhook = known = known with { FailingSince = failing };
            await store.Webhooks.NoteFailingAsync(key, failing, CancellationToken.None);
        }

        TimeSpan most = options.Value.DisableAfter;
        if (answer.Status == WebhookAnswer.Gone) await DisableAsync(known, "GONE", "its receiver answered 410 Gone", now);
        else if (state == DeliveryState.Failed && most > TimeSpan.Zero && now - failing >= most)
            await DisableAsync(known, "FAILING", $"no attempt has succeeded since {failing:u}", now);
    }

    private async Task DisableAsync(WebhookRecord known, string cause, string reason, DateTimeOffset now)
    {
        if (!known.Definition.Enabled) return;
        WebhookRecord off = known with { Definition = known.Definition with { Enabled = false }, DisabledReason = reason, Revision = known.Revision + 1, UpdatedAt = now };
        stale = untold = true;
        // Somebody else has changed it: whether it is still wanted is seen at the next failure.
        if (!await store.Webhooks.ReplaceAsync(off, known.Revision, CancellationToken.None)) return;
        WebhookLog.Disabled(logger, key.ToString(), reason);
        metrics.Disabled(cause);
    }
}

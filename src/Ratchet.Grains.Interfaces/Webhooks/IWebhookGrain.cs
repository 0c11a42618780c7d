using Orleans.Concurrency;
using Ratchet.Preconditions;

namespace Ratchet.Webhooks;

/// <summary>
/// One webhook: takes its changes and makes the attempts at its deliveries. It may vanish, or be there twice, at any time; the rows of the store decide. Every
/// call may be repeated. Key: <see cref="WebhookKey.GrainKey"/>.
/// </summary>
[Alias("ratchet.IWebhookGrain")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Makes the webhook. The same definition with the same secret again returns what is there.</summary>
    /// <exception cref="InvalidWebhookException">A field is wrong.</exception>
    /// <exception cref="WebhookConflictException">The id is taken, or the tenant has as many webhooks as it may have.</exception>
    [Alias("create")]
    Task<WebhookView> CreateAsync(WebhookDefinition definition, SecretText secret);

    /// <summary>Replaces the definition. Null, and nothing is done, when that is no longer the one that this was worked out of.</summary>
    /// <param name="revision">Of the definition that it was worked out of.</param>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    /// <exception cref="InvalidWebhookException">A field is wrong.</exception>
    [Alias("revise")]
    Task<WebhookView?> ReviseAsync(WebhookDefinition definition, long revision);

    /// <summary>Turns the webhook on or off. Events while it is off are not told; deliveries that wait go on when it is on again.</summary>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    [Alias("enable")]
    Task<WebhookView> EnableAsync(bool enabled);

    /// <summary>Deletes the webhook with its deliveries. False when there was none.</summary>
    /// <exception cref="PreconditionFailedException">The webhook is not as <paramref name="only"/> says.</exception>
    [Alias("delete")]
    Task<bool> DeleteAsync(Precondition? only = null);

    /// <summary>Makes <paramref name="secret"/> the one that signs; the one before signs too for as long as <paramref name="overlap"/>. One before that ends at once.</summary>
    /// <param name="overlap">0 to <see cref="Limits.WebhookOverlapDays"/> days.</param>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    /// <exception cref="InvalidWebhookException">The secret or the overlap is wrong.</exception>
    [Alias("rotate")]
    Task<WebhookView> RotateAsync(SecretText secret, TimeSpan overlap);

    /// <summary>Sends a test event, in one attempt, also while the webhook is disabled. The same id again returns the one that is there.</summary>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    [Alias("ping")]
    Task<DeliveryView> PingAsync(Guid id);

    /// <summary>Sends a delivery again, whatever became of it, with all of its attempts before it.</summary>
    /// <exception cref="WebhookNotFoundException">There is no such webhook or delivery.</exception>
    /// <exception cref="WebhookConflictException">The webhook is disabled, or the delivery was tried too often.</exception>
    [Alias("resend")]
    Task<DeliveryView> ResendAsync(Guid id);

    /// <summary>Sends the FAILED deliveries of events from <paramref name="since"/> on again, oldest first; at most <see cref="Limits.WebhookResend"/>. Returns how many.</summary>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    /// <exception cref="WebhookConflictException">The webhook is disabled.</exception>
    [Alias("resend-failed")]
    Task<int> ResendFailedAsync(DateTimeOffset since);

    /// <summary>There are new deliveries, or the clock was set: it looks at its rows.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task WakeAsync();
}

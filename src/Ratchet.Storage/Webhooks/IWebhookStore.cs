using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Webhooks;

/// <summary>Webhooks as rows, and how far events are made deliveries of. A change carries the revision that its caller knows: a row that has changed since is left alone.</summary>
public interface IWebhookStore
{
    IDeliveryStore Deliveries { get; }

    /// <summary>False when the id is taken.</summary>
    Task<bool> AddAsync(WebhookRecord webhook, CancellationToken cancel);

    /// <summary>Writes the whole row; false when <paramref name="known"/> is not its revision any more.</summary>
    Task<bool> ReplaceAsync(WebhookRecord webhook, long known, CancellationToken cancel);

    Task<WebhookRecord?> GetAsync(WebhookKey key, CancellationToken cancel);

    /// <summary>By id; all.</summary>
    Task<IReadOnlyList<WebhookRecord>> ListAsync(string tenant, CancellationToken cancel);

    /// <summary>The tenants that have webhooks.</summary>
    Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancel);

    /// <summary>Writes since when attempts fail; null when the last one succeeded. No change of the webhook: its revision stays.</summary>
    Task NoteFailingAsync(WebhookKey key, DateTimeOffset? since, CancellationToken cancel);

    /// <summary>Deletes the webhook with its deliveries; false when it was not there.</summary>
    /// <exception cref="PreconditionFailedException">The webhook is not as <paramref name="only"/> says.</exception>
    Task<bool> DeleteAsync(WebhookKey key, Precondition? only, CancellationToken cancel);

    /// <summary>The end of what there is to follow: events that are not seen up to here will never come to be there.</summary>
    Task<EventCursor> GetPositionAsync(CancellationToken cancel);

    /// <summary>How far the tenant's events are made deliveries of; the beginning when nothing was written yet.</summary>
    Task<EventCursor> GetCursorAsync(string tenant, CancellationToken cancel);

    /// <summary>The tenant's events behind <paramref name="after"/> up to <paramref name="position"/>, in order.</summary>
    Task<IReadOnlyList<WebhookEvent>> FollowAsync(string tenant, EventCursor after, EventCursor position, int limit, CancellationToken cancel);

    /// <summary>
    /// Adds deliveries and moves the tenant's cursor on, in one transaction; false, and nothing is done, when the cursor is not at <paramref name="known"/>.
    /// Deliveries for webhooks that are gone or disabled are left out, and a second one of the same event.
    /// </summary>
    Task<bool> DispatchAsync(string tenant, EventCursor known, EventCursor next, IReadOnlyList<NewDelivery> deliveries, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Id">UUID version 7: ids ascend in the order of the events.</param>
public sealed record NewDelivery(Guid Id, string Webhook, EventCursor Event, string Type, JobId Job, string Payload);

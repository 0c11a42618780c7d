using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.GraphQL.Schema.Webhooks;

/// <summary>What is sent to webhooks.</summary>
internal static class DeliveryFields
{
    public static readonly ObjectFields<DeliveryOf> Delivery = new("Delivery")
    {
        { "id", one => NodeId.Of("Delivery", $"{one.Webhook}/{DeliveryId.Format(one.View.Id)}") },
        { "deliveryId", one => DeliveryId.Format(one.View.Id) },
        { "webhookId", one => one.Webhook },
        { "webhook", (one, call) => WebhookFields.Get(call, one.Webhook) },
        { "type", one => one.View.Type },
        { "state", one => one.View.State.Name() },
        { "jobId", one => one.View.Job?.Value },
        { "job", (one, call) => one.View.Job is { } job ? call.Job(job.Value) : null },
        { "attempts", one => one.View.Attempts },
        { "status", one => one.View.Status },
        { "error", one => one.View.Error },
        { "createdAt", one => one.View.CreatedAt },
        { "nextAt", one => one.View.NextAt },
        { "finishedAt", one => one.View.FinishedAt },
        { "payload", (one, call) => one.View.Payload is { } payload ? RawJson.Of(payload) : Whole(one, call, whole => RawJson.Of(whole.View.Payload)) },
        { "log", (one, call) => one.View.Log.Count > 0 || one.View.Attempts == 0 ? one.View.Log : Whole(one, call, whole => whole.View.Log) },
    };

    public static readonly ObjectFields<DeliveryAttempt> Attempt = new("DeliveryAttempt")
    {
        { "number", attempt => attempt.Number },
        { "at", attempt => attempt.At },
        { "status", attempt => attempt.Status },
        { "error", attempt => attempt.Error },
        { "duration", attempt => TimeSpan.FromMilliseconds(Math.Round(attempt.Duration.TotalMilliseconds)) },
        { "response", attempt => attempt.Response },
    };

    /// <summary>A delivery by the key of its global id: webhook/delivery.</summary>
    public static object? Get(FieldCall call, string key) => Split(key) is { } of ? Get(call, of.Webhook, of.Delivery) : null;

    /// <param name="id">As receivers see it, or the global one.</param>
    public static object? Get(FieldCall call, string webhook, string id) => EntityName.IsName(webhook) && KeyOf(webhook, id) is { } delivery ? Loader(call.Call).Load((webhook, delivery)) : null;

    public static async Task<Page> ListAsync(string webhook, FieldCall call)
    {
        PageRequest page = PageRequest.ForwardOf(call);
        IReadOnlyDictionary<string, object?>? wanted = call.Object("filter");
        var filter = new DeliveryFilter
        {
            State = wanted?.GetValueOrDefault("state") is string state ? DeliveryStates.Parse(state) : null,
            Type = wanted?.GetValueOrDefault("type") as string,
            Job = wanted?.GetValueOrDefault("jobId") is Guid job ? new JobId(job) : null,
            Before = page.Cursor is not { } cursor ? null : DeliveryId.TryParse(cursor, out Guid place) ? place : throw new ProblemException(Problem.InvalidField("/after", "after must be the cursor of a delivery.")),
            // One more says whether there is one more; the largest page has to guess.
            Limit = Math.Min(page.Size + 1, Limits.ListRows),
        };
        IReadOnlyList<DeliveryView> found = await WebhookFields.Directory(call.Call).ListDeliveriesAsync(new WebhookKey(call.Tenant, webhook), filter, call.Cancel);
        return Page.Forward([.. found.Take(page.Size).Select(d => new PageEdge(DeliveryId.Format(d.Id), new DeliveryOf(webhook, d)))], found.Count > page.Size || found.Count == Limits.ListRows);
    }

    /// <summary>The delivery of a webhook that an id names; null when it names none, or another webhook's.</summary>
    public static Guid? KeyOf(string webhook, string id)
    {
        if (DeliveryId.TryParse(id, out Guid plain)) return plain;
        return NodeId.TryParse(id, out NodeId global) && global.Type == "Delivery" && Split(global.Key) is { } of && of.Webhook == webhook && DeliveryId.TryParse(of.Delivery, out Guid key) ? key : null;
    }

    private static (string Webhook, string Delivery)? Split(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? (key[..slash], key[(slash + 1)..]) : null;
    }

    private static Part<DeliveryOf> Whole(DeliveryOf one, FieldCall call, Func<DeliveryOf, object?> read) => new(Loader(call.Call).Load((one.Webhook, one.View.Id)), read);

    private static BatchLoader<(string Webhook, Guid Delivery), DeliveryOf> Loader(GraphCall call) => call.Loader<(string Webhook, Guid Delivery), DeliveryOf>("whole deliveries", keys => Loaders.ManyAsync(
        keys, async key => await WebhookFields.Directory(call).GetDeliveryAsync(new WebhookKey(call.Tenant, key.Webhook), key.Delivery, call.Cancel) is { } found ? new DeliveryOf(key.Webhook, found) : null));
}

/// <summary>A delivery with the webhook that it is for.</summary>
internal sealed record DeliveryOf(string Webhook, DeliveryView View);

using GraphQL.DataLoader;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.GraphQL.Schema.Webhooks;

internal static class WebhookFields
{
    public static readonly ObjectFields<WebhookView> Webhook = new("Webhook")
    {
        { "id", webhook => IdOf(webhook.Definition.Id) },
        { "webhookId", webhook => webhook.Definition.Id },
        { "url", webhook => webhook.Definition.Url },
        { "description", webhook => webhook.Definition.Description },
        { "events", webhook => webhook.Definition.Events },
        { "states", webhook => webhook.Definition.States.Select(s => s.Name()) },
        { "tasks", webhook => webhook.Definition.Tasks },
        { "queues", webhook => webhook.Definition.Queues },
        { "concurrency", webhook => webhook.Definition.Concurrency },
        { "enabled", webhook => webhook.Definition.Enabled },
        { "failingSince", webhook => webhook.FailingSince },
        { "disabledReason", webhook => webhook.DisabledReason },
        { "previousSecretUntil", webhook => webhook.PreviousSecretUntil },
        { "createdAt", webhook => webhook.CreatedAt },
        { "updatedAt", webhook => webhook.UpdatedAt },
        { "revision", webhook => webhook.Revision },
        { "deliveries", (webhook, call) => DeliveryFields.ListAsync(webhook.Definition.Id, call) },
        { "delivery", (webhook, call) => DeliveryFields.Get(call, webhook.Definition.Id, call.Arg<string>("id")!) },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "webhook", call => Get(call, NodeId.KeyOf("Webhook", call.Arg<string>("id")!)) },
        { "webhooks", call => ListAsync(call) },
    };

    public static string IdOf(string webhook) => NodeId.Of("Webhook", webhook);

    public static IWebhookDirectoryGrain Directory(GraphCall call) => call.Grains.GetGrain<IWebhookDirectoryGrain>(0);

    public static object? Get(FieldCall field, string id)
    {
        GraphCall call = field.Call;
        return EntityName.IsName(id) ? call.Loader<string, WebhookView>("webhooks", ids => ReadAsync(call, ids)).Load(id) : null;
    }

    private static async Task<IReadOnlyDictionary<string, WebhookView>> ReadAsync(GraphCall call, IReadOnlyList<string> ids)
    {
        if (ids.Count > 1) return (await Directory(call).ListAsync(call.Tenant, call.Cancel)).ToDictionary(w => w.Definition.Id);
        return await Directory(call).GetAsync(new WebhookKey(call.Tenant, ids[0]), call.Cancel) is { } one ? new Dictionary<string, WebhookView> { [ids[0]] = one } : [];
    }

    /// <summary>A tenant has few of them, and the directory hands them over as a whole, by id.</summary>
    private static async Task<Page> ListAsync(FieldCall call)
    {
        PageRequest page = PageRequest.Of(call);
        WebhookView[] all = [.. (await Directory(call.Call).ListAsync(call.Tenant, call.Cancel)).OrderBy(w => w.Definition.Id, StringComparer.Ordinal)];
        int from = 0, to = all.Length;
        if (page.Cursor is { } cursor)
        {
            string place = PlaceOf(cursor, page.Backward ? "/before" : "/after");
            if (page.Backward) to = all.Count(w => string.CompareOrdinal(w.Definition.Id, place) < 0);
            else from = all.Count(w => string.CompareOrdinal(w.Definition.Id, place) <= 0);
        }

        if (page.Backward) from = Math.Max(0, to - page.Size);
        else to = Math.Min(to, from + page.Size);
        return new Page([.. all[from..to].Select(w => new PageEdge(IdOf(w.Definition.Id), w))], to < all.Length, from > 0, () => Task.FromResult<long?>(all.Length));
    }

    private static string PlaceOf(string cursor, string pointer) => NodeId.TryParse(cursor, out NodeId place) && place.Type == "Webhook"
        ? place.Key
        : throw new ProblemException(Problem.InvalidField(pointer, "It is no cursor of this list: take one from its edges or pageInfo, or begin anew without it."));
}

using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>Which events a webhook is told.</summary>
internal static class WebhookFilterMatch
{
    /// <summary>
    /// All given conditions hold. Of a job that is deleted before its event was looked at, task and queue are not known any more: such an event is told rather than lost.
    /// </summary>
    public static bool Matches(WebhookRecord webhook, WebhookEvent happened, string type)
    {
        WebhookDefinition wanted = webhook.Definition;
        if (EventOrder.Compare(happened.Event.Cursor, webhook.Since) <= 0) return false;
        return (wanted.Events.Count == 0 || wanted.Events.Contains(type))
            && (wanted.States.Count == 0 || wanted.States.Contains(happened.Event.To))
            && Holds(wanted.Tasks, happened.Task)
            && Holds(wanted.Queues, happened.Queue);
    }

    private static bool Holds(IReadOnlyList<string> names, string? name) => names.Count == 0 || name is null || names.Contains(name);
}

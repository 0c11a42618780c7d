using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>Webhooks as JSON. What was sent comes back under the same names; what the server adds is under <c>status</c>.</summary>
internal static class WebhookJson
{
    public static void Write(Utf8JsonWriter json, WebhookView webhook) => Write(json, webhook, null);

    /// <param name="secret">Shown to whoever made it, once; null otherwise.</param>
    public static void Write(Utf8JsonWriter json, WebhookView webhook, string? secret)
    {
        WebhookDefinition definition = webhook.Definition;
        json.WriteStartObject();
        json.WriteString("id", definition.Id);
        json.WriteString("url", definition.Url);
        if (definition.Description is not null) json.WriteString("description", definition.Description);
        json.WriteTexts("events", definition.Events);
        json.WriteTexts("states", definition.States.Select(s => s.Name()));
        json.WriteTexts("tasks", definition.Tasks);
        json.WriteTexts("queues", definition.Queues);
        json.WriteNumber("concurrency", definition.Concurrency);
        json.WriteBoolean("enabled", definition.Enabled);
        if (secret is not null) json.WriteString("secret", secret);
        json.WriteStartObject("status");
        json.WriteInstant("failingSince", webhook.FailingSince);
        if (webhook.DisabledReason is not null) json.WriteString("disabledReason", webhook.DisabledReason);
        json.WriteInstant("previousSecretUntil", webhook.PreviousSecretUntil);
        json.WriteString("createdAt", webhook.CreatedAt);
        json.WriteString("updatedAt", webhook.UpdatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

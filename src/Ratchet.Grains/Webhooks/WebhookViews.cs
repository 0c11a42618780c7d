using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

internal static class WebhookViews
{
    /// <summary>The row as clients may see it.</summary>
    public static WebhookView Of(WebhookRecord record, DateTimeOffset now) => new()
    {
        Tenant = record.Tenant,
        Definition = record.Definition,
        Revision = record.Revision,
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
        FailingSince = record.FailingSince,
        DisabledReason = record.DisabledReason,
        PreviousSecretUntil = record.PreviousUntil > now ? record.PreviousUntil : null,
    };
}

namespace Ratchet.Webhooks;

/// <summary>Fields of a webhook are wrong. Clients see 422.</summary>
/// <param name="faults">At least one.</param>
[GenerateSerializer, Alias("ratchet.invalid-webhook")]
public sealed class InvalidWebhookException(IReadOnlyList<WebhookFault> faults)
    : RatchetException(faults.Count == 1 ? faults[0].Message : $"{faults.Count} fields of the webhook are not valid.")
{
    [Id(0)] public IReadOnlyList<WebhookFault> Faults { get; } = faults;
}

/// <param name="Pointer">JSON Pointer (RFC 6901) to the field: <c>/url</c>.</param>
/// <param name="Message">One sentence for people.</param>
[GenerateSerializer, Immutable, Alias("ratchet.webhook-fault")]
public sealed record WebhookFault([property: Id(0)] string Pointer, [property: Id(1)] string Message);

/// <summary>The tenant has no such webhook or delivery. Clients see 404.</summary>
[GenerateSerializer, Alias("ratchet.webhook-not-found")]
public sealed class WebhookNotFoundException(string message) : RatchetException(message)
{
    public static WebhookNotFoundException Of(string id) => new($"There is no webhook '{id}'.");

    public static WebhookNotFoundException Of(string id, Guid delivery) => new($"Webhook '{id}' has no delivery '{DeliveryId.Format(delivery)}'.");
}

/// <summary>What was asked does not fit the state that the webhook is in. Clients see 409.</summary>
[GenerateSerializer, Alias("ratchet.webhook-conflict")]
public sealed class WebhookConflictException(string message) : RatchetException(message);

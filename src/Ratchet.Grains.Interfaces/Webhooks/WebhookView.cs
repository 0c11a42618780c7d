namespace Ratchet.Webhooks;

/// <summary>A webhook as clients see it; never with its secrets.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.webhook-view")]
public sealed record WebhookView
{
    [Id(0)] public required string Tenant { get; init; }
    [Id(1)] public required WebhookDefinition Definition { get; init; }
    /// <summary>Ascends with each change, rotations included.</summary>
    [Id(2)] public required long Revision { get; init; }
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(4)] public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>When the first of the attempts failed since which none has succeeded; null while the last one succeeded.</summary>
    [Id(5)] public DateTimeOffset? FailingSince { get; init; }
    /// <summary>Why the server disabled it by itself; null when it did not.</summary>
    [Id(6)] public string? DisabledReason { get; init; }
    /// <summary>Until then the secret before the present one signs too; null when there is none.</summary>
    [Id(7)] public DateTimeOffset? PreviousSecretUntil { get; init; }
}

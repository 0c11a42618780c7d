using Ratchet.Jobs;

namespace Ratchet.Webhooks;

/// <summary>One event on its way to one webhook.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.delivery-view")]
public sealed record DeliveryView
{
    /// <summary>What receivers get as <c>webhook-id</c>, the same at every attempt (<see cref="DeliveryId"/>).</summary>
    [Id(0)] public required Guid Id { get; init; }
    [Id(1)] public required string Type { get; init; }
    [Id(2)] public required DeliveryState State { get; init; }
    /// <summary>Null for a ping.</summary>
    [Id(3)] public JobId? Job { get; init; }
    [Id(4)] public required int Attempts { get; init; }
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When the next attempt is due; null when none is.</summary>
    [Id(6)] public DateTimeOffset? NextAt { get; init; }
    [Id(7)] public DateTimeOffset? FinishedAt { get; init; }
    /// <summary>Status of the newest attempt's answer; null before the first, and when it had none.</summary>
    [Id(8)] public int? Status { get; init; }
    /// <summary>Why the newest attempt failed.</summary>
    [Id(9)] public string? Error { get; init; }
    /// <summary>The body as it is sent; null where a list leaves it out.</summary>
    [Id(10)] public string? Payload { get; init; }
    /// <summary>Oldest first; empty where a list leaves them out.</summary>
    [Id(11)] public IReadOnlyList<DeliveryAttempt> Log { get; init; } = [];
}

/// <summary>One attempt at a delivery.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="Error">Null when it succeeded.</param>
/// <param name="Duration">From its start to the end of the answer, or to its failure.</param>
/// <param name="Response">The first <see cref="Limits.WebhookResponseBytes"/> bytes of the answer, as text.</param>
[GenerateSerializer, Immutable, Alias("ratchet.delivery-attempt")]
public sealed record DeliveryAttempt(
    [property: Id(0)] int Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] int? Status,
    [property: Id(3)] string? Error,
    [property: Id(4)] TimeSpan Duration,
    [property: Id(5)] string? Response);

/// <summary>What a list of deliveries is narrowed to. All given conditions hold.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.delivery-filter")]
public sealed record DeliveryFilter
{
    [Id(0)] public DeliveryState? State { get; init; }
    [Id(1)] public string? Type { get; init; }
    [Id(2)] public JobId? Job { get; init; }
    /// <summary>Keyset cursor: only deliveries that were made before this one.</summary>
    [Id(3)] public Guid? Before { get; init; }
    /// <summary>1 to <see cref="Limits.ListRows"/>.</summary>
    [Id(4)] public int Limit { get; init; } = 50;
}

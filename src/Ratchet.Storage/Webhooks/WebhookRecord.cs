using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Webhooks;

/// <summary>A webhook's row. Times are whole microseconds.</summary>
public sealed record WebhookRecord
{
    public required string Tenant { get; init; }
    public required WebhookDefinition Definition { get; init; }
    /// <summary>The fence of every change: it ascends with each, and never comes again for the same id.</summary>
    public required long Revision { get; init; }
    /// <summary>As it is stored: sealed, or plain where the operator has given no key.</summary>
    public required string Secret { get; init; }
    public string? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }
    /// <summary>Events up to here are not for it.</summary>
    public required EventCursor Since { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public string? DisabledReason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public WebhookKey Key => new(Tenant, Definition.Id);

    /// <summary>Its key alone: whoever writes it into a log writes no secret.</summary>
    public override string ToString() => Key.ToString();
}

/// <summary>An event with what webhooks are picked by.</summary>
/// <param name="Task">Null, as the others, when the job is gone.</param>
public sealed record WebhookEvent(JobEvent Event, string? Task, string? TaskVersion, string? Queue);

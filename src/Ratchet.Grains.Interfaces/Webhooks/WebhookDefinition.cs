using Ratchet.Jobs;

namespace Ratchet.Webhooks;

/// <summary>An endpoint that is told what happens to jobs, and of what. All given conditions hold; an empty list is no condition.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.webhook-definition")]
public sealed record WebhookDefinition
{
    public const int DefaultConcurrency = 4;

    /// <summary>A name by the rules of <see cref="EntityName.IsName"/>, unique a tenant.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>Absolute, http or https, without credentials and fragment; at most <see cref="Limits.WebhookUrlChars"/> characters.</summary>
    [Id(1)] public required string Url { get; init; }
    /// <summary>For people; at most <see cref="Limits.WebhookDescriptionChars"/> characters.</summary>
    [Id(2)] public string? Description { get; init; }
    /// <summary>Types of events (<see cref="WebhookEvents"/>).</summary>
    [Id(3)] public IReadOnlyList<string> Events { get; init; } = [];
    /// <summary>States that jobs come into.</summary>
    [Id(4)] public IReadOnlyList<JobState> States { get; init; } = [];
    [Id(5)] public IReadOnlyList<string> Tasks { get; init; } = [];
    [Id(6)] public IReadOnlyList<string> Queues { get; init; } = [];
    /// <summary>Most attempts under way at once; 1 to <see cref="Limits.WebhookConcurrency"/>. With 1, first attempts are made in the order of the events.</summary>
    [Id(7)] public int Concurrency { get; init; } = DefaultConcurrency;
    [Id(8)] public bool Enabled { get; init; } = true;

    /// <summary>Its id alone: a URL may hold a token, and calls may be written into logs.</summary>
    public override string ToString() => Id;

    /// <summary>Whether both say the same.</summary>
    public bool IsSameAs(WebhookDefinition other) =>
        (Id, Url, Description, Concurrency, Enabled) == (other.Id, other.Url, other.Description, other.Concurrency, other.Enabled)
        && Events.SequenceEqual(other.Events) && States.SequenceEqual(other.States) && Tasks.SequenceEqual(other.Tasks) && Queues.SequenceEqual(other.Queues);
}

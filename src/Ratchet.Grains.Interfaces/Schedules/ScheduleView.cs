namespace Ratchet.Schedules;

/// <summary>A schedule as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.schedule-view")]
public sealed record ScheduleView
{
    [Id(0)] public required string Tenant { get; init; }
    [Id(1)] public required ScheduleDefinition Definition { get; init; }
    /// <summary>Ascends with each change of the definition, and never comes again for the same id.</summary>
    [Id(2)] public required long Revision { get; init; }
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(4)] public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The newest instant that was decided, whatever the decision.</summary>
    [Id(5)] public DateTimeOffset? LastInstant { get; init; }
    /// <summary>Null when the schedule is disabled or has no instant left.</summary>
    [Id(6)] public DateTimeOffset? NextInstant { get; init; }
}

/// <summary>What a list is narrowed to. All given conditions hold.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.schedule-filter")]
public sealed record ScheduleFilter
{
    [Id(0)] public bool? Enabled { get; init; }
    [Id(1)] public string? Task { get; init; }
    [Id(2)] public int Offset { get; init; }
    /// <summary>1 to <see cref="Limits.ListRows"/>.</summary>
    [Id(3)] public int Limit { get; init; } = 50;
}

using Ratchet.Schedules;

namespace Ratchet.Storage.Schedules;

/// <summary>A schedule's row. Times are whole microseconds.</summary>
public sealed record ScheduleRecord
{
    public required string Tenant { get; init; }
    /// <summary>Without the job's input where a list leaves inputs out.</summary>
    public required ScheduleDefinition Definition { get; init; }
    /// <summary>The fence of every write: it ascends with each change of the definition, and never comes again for the same id.</summary>
    public required long Revision { get; init; }
    /// <summary>Every instant up to this one is decided; those after it are not.</summary>
    public required DateTimeOffset DecidedUntil { get; init; }
    /// <summary>The first instant after <see cref="DecidedUntil"/>; null when there is none, or the schedule is disabled.</summary>
    public DateTimeOffset? NextInstant { get; init; }
    public DateTimeOffset? LastInstant { get; init; }
    /// <summary>What became of instants up to this one is forgotten; null while nothing is.</summary>
    public DateTimeOffset? HistoryFrom { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public ScheduleKey Key => new(Tenant, Definition.Id);
}

using Ratchet.Submissions;

namespace Ratchet.Schedules;

/// <summary>What a schedule submits, and when. Exactly one of <see cref="Cron"/>, <see cref="Every"/> and <see cref="At"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.schedule-definition")]
public sealed record ScheduleDefinition
{
    public const string Utc = "UTC";

    /// <summary>A name by the rules of <see cref="EntityName.IsName"/>, unique a tenant.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The template of its jobs. Id, actor, run-at and the keys that make jobs one are the schedule's own business and stay unset.</summary>
    [Id(1)] public required Submission Job { get; init; }
    /// <summary>Five fields, or six with seconds first, or a macro; at most <see cref="Limits.CronChars"/> characters.</summary>
    [Id(2)] public string? Cron { get; init; }
    /// <summary>The IANA time zone that <see cref="Cron"/> is read in.</summary>
    [Id(3)] public string TimeZone { get; init; } = Utc;
    /// <summary>Fires at <see cref="StartAt"/> and at every whole multiple of this after it; 1 s to 365 days, in whole milliseconds.</summary>
    [Id(4)] public TimeSpan? Every { get; init; }
    /// <summary>Fires once.</summary>
    [Id(5)] public DateTimeOffset? At { get; init; }
    /// <summary>No instant before this. For <see cref="Every"/> it is the first instant; absent, the time of the schedule's making.</summary>
    [Id(6)] public DateTimeOffset? StartAt { get; init; }
    /// <summary>No instant at or after this.</summary>
    [Id(7)] public DateTimeOffset? EndAt { get; init; }
    [Id(8)] public OverlapPolicy Overlap { get; init; }
    [Id(9)] public MisfirePolicy Misfire { get; init; }
    /// <summary>Most instants that <see cref="MisfirePolicy.CatchUp"/> fires; 1 to <see cref="Limits.CatchUp"/>.</summary>
    [Id(10)] public int CatchUp { get; init; } = 100;
    /// <summary>An instant seen later than this after it passed has misfired; 1 s to 1 day.</summary>
    [Id(11)] public TimeSpan MisfireThreshold { get; init; } = TimeSpan.FromMinutes(1);
    /// <summary>Each job runs up to this long after its instant, always the same for the same instant; 0 to 1 h.</summary>
    [Id(12)] public TimeSpan Jitter { get; init; }
    [Id(13)] public bool Enabled { get; init; } = true;
}

using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Schedules;

/// <summary>What a definition must keep to, apart from what it submits.</summary>
internal static class ScheduleRules
{
    /// <summary>No timing reaches further back.</summary>
    internal static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where the cron library's calendar ends.</summary>
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The definition as it is stored: an interval with its anchor, instants in whole milliseconds of UTC.</summary>
    /// <param name="stored">What is there already, whose anchor an interval without one keeps.</param>
    /// <exception cref="InvalidScheduleException">The first field that is wrong.</exception>
    public static ScheduleDefinition Normalize(ScheduleDefinition definition, ScheduleDefinition? stored, DateTimeOffset now)
    {
        if (!EntityName.IsName(definition.Id)) throw Wrong("/id", $"id must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        TimeZones.Find(definition.TimeZone);
        CheckTiming(definition);
        CheckPolicies(definition);
        DateTimeOffset? start = definition.StartAt ?? (definition.Every is null ? null : stored is { Every: not null } ? stored.StartAt : now);
        return definition with
        {
            At = Whole(definition.At),
            StartAt = Whole(start),
            EndAt = Whole(definition.EndAt),
        };
    }

    /// <summary>What belongs to one submit and has no place in a template.</summary>
    /// <exception cref="InvalidScheduleException">The first such field.</exception>
    public static void CheckTemplate(Submission job)
    {
        (string Name, bool Set)[] fields =
        [
            ("runAt", job.RunAt is not null), ("delay", job.Delay is not null), ("deadline", job.Deadline is not null),
            ("idempotencyKey", job.IdempotencyKey is not null), ("unique", job.Unique is not null), ("debounce", job.Debounce is not null), ("id", job.Id is not null),
        ];
        foreach ((string name, bool set) in fields)
        {
            if (set) throw Wrong($"/job/{name}", $"{name} cannot be said of the jobs of a schedule.");
        }
    }

    private static void CheckTiming(ScheduleDefinition definition)
    {
        int timings = (definition.Cron is null ? 0 : 1) + (definition.Every is null ? 0 : 1) + (definition.At is null ? 0 : 1);
        if (timings != 1) throw Wrong("", "A schedule has exactly one of cron, everyMs and at.");
        if (definition.Cron is null && definition.TimeZone != ScheduleDefinition.Utc) throw Wrong("/timeZone", "timeZone is for cron; instants carry their own offset.");
        if (definition.Every is { } every && (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(Limits.IntervalDays) || every.Ticks % TimeSpan.TicksPerMillisecond != 0))
            throw Wrong("/everyMs", $"everyMs must be a whole number of milliseconds from 1000 (1 s) to {(long)TimeSpan.FromDays(Limits.IntervalDays).TotalMilliseconds} ({Limits.IntervalDays} days).");
        CheckRange("/at", definition.At);
        CheckRange("/startAt", definition.StartAt);
        CheckRange("/endAt", definition.EndAt);
        if (definition.EndAt <= definition.StartAt) throw Wrong("/endAt", "endAt must be later than startAt.");
    }

    private static void CheckPolicies(ScheduleDefinition definition)
    {
        if (definition.CatchUp is < 1 or > Limits.CatchUp) throw Wrong("/catchUp", $"catchUp must be from 1 to {Limits.CatchUp}.");
        if (definition.MisfireThreshold < TimeSpan.FromSeconds(1) || definition.MisfireThreshold > TimeSpan.FromDays(1))
            throw Wrong("/misfireThresholdMs", "misfireThresholdMs must be from 1000 (1 s) to 86400000 (1 day).");
        if (definition.Jitter < TimeSpan.Zero || definition.Jitter > TimeSpan.FromHours(1)) throw Wrong("/jitterMs", "jitterMs must be from 0 to 3600000 (1 h).");
        // Else a job could be asked for that expires before it may run.
        if (definition.Job.ExpiresIn <= definition.Jitter) throw Wrong("/job/expiresIn", "expiresIn must be longer than the schedule's jitter.");
    }

    private static void CheckRange(string pointer, DateTimeOffset? at)
    {
        if (at < Earliest || at >= Latest) throw Wrong(pointer, $"{pointer[1..]} must lie in the years {Earliest.Year} to {Latest.Year - 1}.");
    }

    private static DateTimeOffset? Whole(DateTimeOffset? at) =>
        at is { } value ? value.ToUniversalTime().AddTicks(-(value.Ticks % TimeSpan.TicksPerMillisecond)) : null;

    private static InvalidScheduleException Wrong(string pointer, string message) => new(pointer, message);
}

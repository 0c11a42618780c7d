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

    /// <summary>The definition as it is stored: an interval with its anchor, lengths of time in whole milliseconds, instants too and in UTC.</summary>
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
            MisfireThreshold = Whole(definition.MisfireThreshold),
            Jitter = Whole(definition.Jitter),
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
        if (timings != 1) throw Wrong("", "A schedule has exactly one of cron, every and at.");
        if (definition.Cron is null && definition.TimeZone != ScheduleDefinition.Utc) throw Wrong("/timeZone", "timeZone is for cron; instants carry their own offset.");
        if (definition.Every is { } every && (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(Limits.IntervalDays) || every.Ticks % TimeSpan.TicksPerMillisecond != 0))
            throw Wrong("/every", $"every must be from 1s to {Limits.IntervalDays}d, in whole milliseconds.");
        CheckRange("/at", definition.At);
        CheckRange("/startAt", definition.StartAt);
        CheckRange("/endAt", definition.EndAt);
        if (definition.EndAt <= definition.StartAt) throw Wrong("/endAt", "endAt must be later than startAt.");
    }

    private static void CheckPolicies(ScheduleDefinition definition)
    {
        if (definition.CatchUp is < 1 or > Limits.CatchUp) throw Wrong("/catchUp", $"catchUp must be from 1 to {Limits.CatchUp}.");
        if (definition.MisfireThreshold < TimeSpan.FromSeconds(1) || definition.MisfireThreshold > TimeSpan.FromDays(1))
            throw Wrong("/misfireThreshold", "misfireThreshold must be from 1s to 1d.");
        if (definition.Jitter < TimeSpan.Zero || definition.Jitter > TimeSpan.FromHours(1)) throw Wrong("/jitter", "jitter must be from 0s to 1h.");
        // Else a job could be asked for that expires before it may run.
        if (definition.Job.ExpiresIn <= definition.Jitter) throw Wrong("/job/expiresIn", "expiresIn must be longer than the schedule's jitter.");
    }

    private static void CheckRange(string pointer, DateTimeOffset? at)
    {
        if (at < Earliest || at >= Latest) throw Wrong(pointer, $"{pointer[1..]} must lie in the years {Earliest.Year} to {Latest.Year - 1}.");
    }

    private static TimeSpan Whole(TimeSpan length) => new(length.Ticks - (length.Ticks % TimeSpan.TicksPerMillisecond));

    private static DateTimeOffset? Whole(DateTimeOffset? at) =>
        at is { } value ? value.ToUniversalTime().AddTicks(-(value.Ticks % TimeSpan.TicksPerMillisecond)) : null;

    private static InvalidScheduleException Wrong(string pointer, string message) => new(pointer, message);
}

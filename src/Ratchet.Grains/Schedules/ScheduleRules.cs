using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Schedules;

/// <summary>What a definition must keep to, apart from what it submits.</summary>
internal static class ScheduleRules
{
    /// <summary>No timing reaches further back.</summary>
    internal static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A day of minutes. A gap that comes less often, such as that of a leap day, is not worth the looking.</summary>
    private const int GapsToLookAt = 1_440;

    /// <summary>Where the cron library's calendar ends.</summary>
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The definition as it is stored: an interval with its anchor, lengths of time in whole milliseconds, instants too and in UTC.</summary>
    /// <param name="stored">What is there already, whose anchor an interval without one keeps.</param>
    /// <exception cref="InvalidScheduleException">All fields that are wrong.</exception>
    public static ScheduleDefinition Normalize(ScheduleDefinition definition, ScheduleDefinition? stored, DateTimeOffset now)
    {
        var faults = new ScheduleFaults();
        Check(definition, faults);
        faults.ThrowIfAny();
        return Whole(definition, stored, now);
    }

    /// <summary>Adds what is wrong with each field for itself.</summary>
    public static void Check(ScheduleDefinition definition, ScheduleFaults faults)
    {
        if (!EntityName.IsName(definition.Id)) faults.Add("/id", $"id must have 1 to {Limits.NameChars} characters, no '/' and no control characters.");
        CheckTiming(definition, faults);
        CheckPolicies(definition, faults);
    }

    /// <param name="definition">One that <see cref="Check"/> found nothing wrong with.</param>
    public static ScheduleDefinition Whole(ScheduleDefinition definition, ScheduleDefinition? stored, DateTimeOffset now)
    {
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

    /// <summary>Jobs of neighbouring instants would else overtake each other, and nobody could say which instant a job stands for.</summary>
    /// <exception cref="InvalidScheduleException">The jitter reaches the next instant.</exception>
    public static void CheckJitter(ScheduleDefinition definition, ScheduleTimes times, DateTimeOffset now)
    {
        if (definition.Jitter == TimeSpan.Zero || definition.At is not null) return;
        TimeSpan? shortest = definition.Every ?? ShortestGap(times, now);
        if (definition.Jitter >= shortest) throw new InvalidScheduleException("/jitter", $"jitter must be shorter than the time between two instants, which is {shortest} here.");
    }

    private static TimeSpan? ShortestGap(ScheduleTimes times, DateTimeOffset now)
    {
        TimeSpan? shortest = null;
        DateTimeOffset? before = times.Next(now);
        for (int i = 0; i < GapsToLookAt && before is not null; i++)
        {
            DateTimeOffset? next = times.Next(before.Value);
            if (next - before is { } gap && !(gap >= shortest)) shortest = gap;
            before = next;
        }

        return shortest;
    }

    private static void CheckTiming(ScheduleDefinition definition, ScheduleFaults faults)
    {
        faults.Try(() => TimeZones.Find(definition.TimeZone));
        if (definition.Cron is { } cron) faults.Try(() => CronText.Parse(cron));
        int timings = (definition.Cron is null ? 0 : 1) + (definition.Every is null ? 0 : 1) + (definition.At is null ? 0 : 1);
        if (timings != 1) faults.Add("", "A schedule has exactly one of cron, every and at.");
        else if (definition.Cron is null && definition.TimeZone != ScheduleDefinition.Utc) faults.Add("/timeZone", "timeZone is for cron; instants carry their own offset.");
        if (definition.Every is { } every && (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(Limits.IntervalDays) || every.Ticks % TimeSpan.TicksPerMillisecond != 0))
            faults.Add("/every", $"every must be from 1s to {Limits.IntervalDays}d, in whole milliseconds.");
        CheckRange("/at", definition.At, faults);
        CheckRange("/startAt", definition.StartAt, faults);
        CheckRange("/endAt", definition.EndAt, faults);
        if (definition.EndAt <= definition.StartAt) faults.Add("/endAt", "endAt must be later than startAt.");
    }

    private static void CheckPolicies(ScheduleDefinition definition, ScheduleFaults faults)
    {
        if (definition.CatchUp is < 1 or > Limits.CatchUp) faults.Add("/catchUp", $"catchUp must be from 1 to {Limits.CatchUp}.");
        if (definition.MisfireThreshold < TimeSpan.FromSeconds(1) || definition.MisfireThreshold > TimeSpan.FromDays(1))
            faults.Add("/misfireThreshold", "misfireThreshold must be from 1s to 1d.");
        if (definition.Jitter < TimeSpan.Zero || definition.Jitter > TimeSpan.FromHours(1)) faults.Add("/jitter", "jitter must be from 0s to 1h.");
        // Else a job could be asked for that expires before it may run.
        if (definition.Job.ExpiresIn <= definition.Jitter) faults.Add("/job/expiresIn", "expiresIn must be longer than the schedule's jitter.");
    }

    private static void CheckRange(string pointer, DateTimeOffset? at, ScheduleFaults faults)
    {
        if (at < Earliest || at >= Latest) faults.Add(pointer, $"{pointer[1..]} must lie in the years {Earliest.Year} to {Latest.Year - 1}.");
    }

    private static TimeSpan Whole(TimeSpan length) => new(length.Ticks - (length.Ticks % TimeSpan.TicksPerMillisecond));

    private static DateTimeOffset? Whole(DateTimeOffset? at) =>
        at is { } value ? value.ToUniversalTime().AddTicks(-(value.Ticks % TimeSpan.TicksPerMillisecond)) : null;

    private static InvalidScheduleException Wrong(string pointer, string message) => new(pointer, message);
}

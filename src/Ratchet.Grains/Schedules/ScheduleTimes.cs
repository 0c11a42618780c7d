using Cronos;
using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>The instants of a schedule, in UTC: what its timing says, within its bounds. Immutable, and the same for everybody who asks.</summary>
internal sealed class ScheduleTimes
{
    private readonly DateTimeOffset start;
    private readonly DateTimeOffset end;
    private readonly Func<DateTimeOffset, DateTimeOffset?> next;
    private readonly Func<DateTimeOffset, DateTimeOffset?> last;

    private ScheduleTimes(ScheduleDefinition definition, Func<DateTimeOffset, DateTimeOffset?> next, Func<DateTimeOffset, DateTimeOffset?> last)
    {
        start = definition.StartAt ?? DateTimeOffset.MinValue;
        end = definition.EndAt ?? DateTimeOffset.MaxValue;
        this.next = next;
        this.last = last;
    }

    /// <param name="definition">Checked by <see cref="ScheduleRules"/>, an interval with its start.</param>
    /// <exception cref="InvalidScheduleException">The cron expression or the time zone cannot be read.</exception>
    public static ScheduleTimes Of(ScheduleDefinition definition)
    {
        if (definition.Cron is { } cron) return OfCron(definition, CronText.Parse(cron), TimeZones.Find(definition.TimeZone));
        if (definition.Every is { } every) return OfInterval(definition, definition.StartAt!.Value, every.Ticks);
        DateTimeOffset at = definition.At!.Value;
        return new ScheduleTimes(definition, after => after < at ? at : null, until => until >= at ? at : null);
    }

    /// <summary>The first instant after another one; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTimeOffset? found = next(after < start ? start.AddTicks(-1) : after);
        return found < end ? found : null;
    }

    /// <summary>The newest instant at or before another one; null when there is none.</summary>
    public DateTimeOffset? Last(DateTimeOffset until)
    {
        DateTimeOffset? found = last(until < end ? until : end.AddTicks(-1));
        return found >= start ? found : null;
    }

    private static ScheduleTimes OfCron(ScheduleDefinition definition, CronExpression cron, TimeZoneInfo zone)
    {
        DateTimeOffset? After(DateTimeOffset after) => cron.GetNextOccurrence(after, zone)?.ToUniversalTime();
        DateTimeOffset floor = definition.StartAt ?? ScheduleRules.Earliest;
        return new ScheduleTimes(definition, After, until => LastOccurrence.Find(After, until, floor));
    }

    private static ScheduleTimes OfInterval(ScheduleDefinition definition, DateTimeOffset anchor, long every)
    {
        DateTimeOffset? At(long n) => anchor.AddTicks(n * every);
        return new ScheduleTimes(
            definition,
            after => after < anchor ? anchor : At(((after - anchor).Ticks / every) + 1),
            until => until < anchor ? null : At((until - anchor).Ticks / every));
    }
}

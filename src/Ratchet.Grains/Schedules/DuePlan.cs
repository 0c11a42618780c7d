using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>What to do about the instants that have passed since a schedule was last looked at.</summary>
/// <param name="Fire">Oldest first; at most <see cref="Limits.FiresAtOnce"/> on time, and those that the misfire policy brings back.</param>
/// <param name="Missed">The newest instant that does not fire because it was seen too late; null when there is none.</param>
/// <param name="MissedCount">How many there are of these, counted up to <see cref="MostCounted"/>.</param>
/// <param name="DecidedUntil">The newest instant that is decided with this plan.</param>
/// <param name="Next">The first instant after it; null when there is none.</param>
internal sealed record DuePlan(IReadOnlyList<DateTimeOffset> Fire, DateTimeOffset? Missed, int MissedCount, DateTimeOffset DecidedUntil, DateTimeOffset? Next)
{
    public const int MostCounted = 1_000;

    /// <summary>
    /// The instants in (<paramref name="decidedUntil"/>, <paramref name="now"/>]. They are walked from the newest back, so that a schedule that nobody
    /// looked at for a year costs no more than one that was missed for an hour.
    /// </summary>
    public static DuePlan For(ScheduleTimes times, ScheduleDefinition definition, DateTimeOffset decidedUntil, DateTimeOffset now)
    {
        DateTimeOffset late = now - definition.MisfireThreshold;
        var walk = new Stack<DateTimeOffset>();
        DateTimeOffset? at = Before(now);
        DateTimeOffset until = at ?? decidedUntil;
        for (; at >= late && walk.Count < Limits.FiresAtOnce; at = Before(at.Value.AddTicks(-1))) walk.Push(at.Value);

        int broughtBack = definition.Misfire switch { MisfirePolicy.Skip => 0, MisfirePolicy.RunOnce => 1, _ => definition.CatchUp };
        for (; at is not null && broughtBack > 0; at = Before(at.Value.AddTicks(-1)), broughtBack--) walk.Push(at.Value);

        DateTimeOffset? missed = at;
        int count = 0;
        for (; at is not null && count < MostCounted; at = Before(at.Value.AddTicks(-1))) count++;
        return new DuePlan([.. walk], missed, count, until, times.Next(until));

        DateTimeOffset? Before(DateTimeOffset until) => times.Last(until) is { } found && found > decidedUntil ? found : null;
    }
}

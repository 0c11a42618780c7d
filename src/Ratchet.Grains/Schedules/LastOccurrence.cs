namespace Ratchet.Grains.Schedules;

/// <summary>
/// The newest occurrence at or before an instant, found by asking forwards alone. The cron library can also be asked backwards, but for a time in a spring gap it then
/// answers the second before the gap's end, where forwards it answers the end: the same occurrence would be two instants, and would fire twice.
/// </summary>
internal static class LastOccurrence
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    /// <summary>Occurrences are no closer than this.</summary>
    private static readonly TimeSpan Closest = TimeSpan.FromSeconds(1);

    /// <param name="next">The first occurrence after an instant.</param>
    /// <param name="floor">Nothing older is looked for.</param>
    public static DateTimeOffset? Find(Func<DateTimeOffset, DateTimeOffset?> next, DateTimeOffset until, DateTimeOffset floor)
    {
        for (TimeSpan look = FirstLook; ; look *= 2)
        {
            DateTimeOffset from = until - floor > look ? until - look : floor.AddTicks(-1);
            if (next(from) is { } found && found <= until) return Newest(next, found, until);
            if (from < floor) return null;
        }
    }

    /// <summary>Halves the span that the newest one lies in: an occurrence in its later half moves the start there, none moves the end.</summary>
    private static DateTimeOffset Newest(Func<DateTimeOffset, DateTimeOffset?> next, DateTimeOffset found, DateTimeOffset until)
    {
        DateTimeOffset end = until;
        while (end - found > Closest)
        {
            DateTimeOffset middle = found + ((end - found) / 2);
            if (next(middle) is { } later && later <= until) found = later;
            else end = middle;
        }

        return next(found) is { } last && last <= until ? last : found;
    }
}

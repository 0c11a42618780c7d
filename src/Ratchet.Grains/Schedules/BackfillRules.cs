using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>What a backfill may ask for, and which instants it means.</summary>
internal static class BackfillRules
{
    /// <param name="forgotten">What became of instants up to this one is not known any more.</param>
    /// <exception cref="InvalidScheduleException">The first field that is wrong.</exception>
    public static void Check(BackfillRequest request, DateTimeOffset? forgotten, DateTimeOffset now)
    {
        if (request.To <= request.From) throw Wrong("/to", "to must be later than from.");
        if (request.To > now) throw Wrong("/to", "to must not be in the future: instants to come are the schedule's own.");
        if (request.From <= forgotten)
            throw Wrong("/from", $"from must be later than {forgotten:O}: what became of older instants is forgotten after {Limits.FireDays} days, so that they might fire twice.");
        if (request.PerMinute is < 1 or > Limits.BackfillPerMinute) throw Wrong("/perMinute", $"perMinute must be from 1 to {Limits.BackfillPerMinute}.");
    }

    /// <summary>How many instants the range has.</summary>
    /// <exception cref="InvalidScheduleException">None, or more than <see cref="Limits.BackfillInstants"/>.</exception>
    public static int Count(ScheduleTimes times, BackfillRequest request)
    {
        int count = 0;
        for (DateTimeOffset? at = times.Next(request.From.AddTicks(-1)); at < request.To; at = times.Next(at.Value))
        {
            if (++count > Limits.BackfillInstants) throw Wrong("/to", $"The range has more than {Limits.BackfillInstants} instants; backfill it in parts.");
        }

        return count > 0 ? count : throw Wrong("/from", "The schedule has no instant in this range.");
    }

    /// <param name="done">The newest instant that is handled; null before the first.</param>
    public static IReadOnlyList<DateTimeOffset> Instants(ScheduleTimes times, BackfillRequest request, DateTimeOffset? done, int most)
    {
        var instants = new List<DateTimeOffset>(most);
        for (DateTimeOffset? at = times.Next(done ?? request.From.AddTicks(-1)); at < request.To && instants.Count < most; at = times.Next(at.Value)) instants.Add(at.Value);
        return instants;
    }

    private static InvalidScheduleException Wrong(string pointer, string message) => new(pointer, message);
}

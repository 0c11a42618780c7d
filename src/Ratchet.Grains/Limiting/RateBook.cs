using Ratchet.Limiting;
using Ratchet.Storage.Controls;

namespace Ratchet.Grains.Limiting;

/// <summary>
/// The starts of every rate. A start is granted only from a reservation that is in the store: a keeper that takes over counts all reserved ones as granted,
/// so that it may grant fewer than the rate for a window, and never more.
/// </summary>
internal sealed class RateBook
{
    /// <summary>The part of a rate that one reservation covers: a write for each grant would cost more than it saves.</summary>
    private const int Parts = 20;

    private const int MostReserved = 100;
    private static readonly TimeSpan LongestValid = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Rate> rates = new(StringComparer.Ordinal);

    /// <summary>Reservations that grants have been taken from and that are not written yet.</summary>
    public List<RateReservation> Unwritten { get; } = [];

    public int Started(string key, RateLimit limit, DateTimeOffset now)
    {
        if (!rates.TryGetValue(key, out Rate? rate)) return 0;
        rate.Log.Trim(now, limit.Window);
        return rate.Log.Count;
    }

    /// <summary>Null when a start may be granted now; otherwise when it may be at the earliest.</summary>
    public DateTimeOffset? RoomAt(string key, RateLimit limit, DateTimeOffset now) =>
        Started(key, limit, now) < limit.Count ? null : rates[key].Log.RoomAt(limit.Count, limit.Window);

    public void Grant(string key, RateLimit limit, DateTimeOffset now)
    {
        Rate rate = Of(key);
        if (rate.Reserved == 0 || now > rate.ReservedUntil)
        {
            rate.Reserved = Math.Clamp(limit.Count / Parts, 1, MostReserved);
            TimeSpan valid = limit.Window / Parts;
            rate.ReservedUntil = now + (valid < LongestValid ? valid : LongestValid);
            Unwritten.Add(new RateReservation(key, rate.ReservedUntil, rate.Reserved, rate.ReservedUntil + limit.Window));
        }

        rate.Reserved--;
        rate.Log.Add(now);
    }

    /// <summary>What an earlier keeper may have granted.</summary>
    public void Take(IReadOnlyList<RateReservation> reservations)
    {
        foreach (RateReservation reservation in reservations.OrderBy(r => r.Until))
        {
            for (int i = 0; i < reservation.Count; i++) Of(reservation.Key).Log.Add(reservation.Until);
        }
    }

    /// <summary>Forgets rates of which nothing has started within a day, the longest window there is.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach ((string key, Rate rate) in rates)
        {
            rate.Log.Trim(now, TimeSpan.FromDays(1));
            if (rate.Log.Count == 0) rates.Remove(key);
        }
    }

    private Rate Of(string key)
    {
        if (!rates.TryGetValue(key, out Rate? rate)) rates[key] = rate = new Rate();
        return rate;
    }

    private sealed class Rate
    {
        public SlidingLog Log { get; } = new();
        public int Reserved { get; set; }
        public DateTimeOffset ReservedUntil { get; set; }
    }
}

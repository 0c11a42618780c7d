using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage.Controls;

namespace Ratchet.Grains.Limiting;

/// <summary>
/// The starts of every rate. A grant takes a place in the window from the moment it is given, and keeps it until a window after its start: so starts never crowd together,
/// however long a job is on its way to its script. It is given only from a reservation that is in the store, which is renewed while the grant is open: a keeper that takes
/// over counts all reserved ones as starts, so that it may grant fewer than the rate for a window, and never more.
/// </summary>
internal sealed class RateBook
{
    /// <summary>How often <see cref="Renew"/> is to be called while <see cref="HasOpen"/>.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>The part of a rate that one reservation covers: a write for each grant would cost more than it saves.</summary>
    private const int Parts = 20;

    private const int MostReserved = 100;
    private static readonly TimeSpan LongestValid = TimeSpan.FromSeconds(1);

    /// <summary>A reservation covers starts until so long after its last grant; most begin sooner, and cost no other write.</summary>
    private static readonly TimeSpan Cover = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Rate> rates = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, OpenGrant> open = [];

    /// <summary>Reservations that grants have been taken from and that are not written yet.</summary>
    public List<RateReservation> Unwritten { get; } = [];

    public bool HasOpen => open.Count > 0;

    public IEnumerable<string> Keys => rates.Keys;

    public Rate? Find(string key) => rates.GetValueOrDefault(key);

    public bool IsOpen(JobId job, long fence) => open.TryGetValue(job, out OpenGrant? grant) && grant.Fence == fence;

    public IEnumerable<JobId> Open => open.Keys;

    public IEnumerable<JobId> OpenOf(QueueKey queue) => open.Where(g => g.Value.Queue == queue).Select(g => g.Key);

    /// <summary>Null when a start may be granted now; otherwise when it may be at the earliest.</summary>
    public DateTimeOffset? RoomAt(string key, RateLimit limit, DateTimeOffset now)
    {
        if (!rates.TryGetValue(key, out Rate? rate)) return null;
        rate.Heed(limit);
        rate.Tidy(now);
        return rate.Used(limit, now) < limit.Count ? null : rate.StartOf(limit, now, 0);
    }

    public void Wait(string key, QueueKey queue, DateTimeOffset until) => Of(key).Wait(queue, until);

    public void Grant(QueueKey queue, LimitAsk ask, IReadOnlyList<(string Key, RateLimit Limit)> wanted, DateTimeOffset now)
    {
        if (wanted.Count == 0) return;
        DateTimeOffset covered = DateTimeOffset.MaxValue;
        foreach ((string key, RateLimit limit) in wanted)
        {
            Rate rate = Enter(key, limit);
            rate.NoLongerWaits(queue);
            if (rate.Reserved == 0 || now > rate.ReservedUntil)
            {
                rate.Reserved = Math.Clamp(limit.Count / Parts, 1, MostReserved);
                TimeSpan valid = limit.Window / Parts;
                rate.ReservedUntil = now + (valid < LongestValid ? valid : LongestValid);
                Reserve(key, rate, rate.ReservedUntil + Cover, rate.Reserved);
            }

            rate.Reserved--;
            if (rate.ReservedUntil + Cover < covered) covered = rate.ReservedUntil + Cover;
        }

        open[ask.Job] = new OpenGrant(queue, ask.Fence, [.. wanted.Select(w => w.Key)]) { CoveredUntil = covered };
    }

    /// <summary>A node has a job that an earlier keeper granted: it has yet to begin.</summary>
    public void Adopt(QueueKey queue, LimitAsk ask, IReadOnlyList<(string Key, RateLimit Limit)> counted, DateTimeOffset now)
    {
        if (counted.Count > 0 && IsOpen(ask.Job, ask.Fence)) return;
        Release(ask.Job, now);
        if (counted.Count == 0) return;
        foreach ((string key, RateLimit limit) in counted) Enter(key, limit);
        open[ask.Job] = new OpenGrant(queue, ask.Fence, [.. counted.Select(c => c.Key)]);
    }

    /// <summary>The attempt has begun. Counted from when this is known, which is never before it was so.</summary>
    public void Start(LimitStart start, DateTimeOffset now)
    {
        if (IsOpen(start.Job, start.Fence)) Release(start.Job, now);
    }

    /// <summary>The grant is over: it has begun, or nobody can tell any more that it has not.</summary>
    public void Release(JobId job, DateTimeOffset now)
    {
        if (!open.Remove(job, out OpenGrant? grant)) return;
        foreach (string key in grant.Keys)
        {
            Rate rate = rates[key];
            rate.Open--;
            rate.Start(now);
        }
    }

    /// <summary>Reserves anew what is open and whose reservation will soon not cover it any more.</summary>
    public void Renew(DateTimeOffset now)
    {
        DateTimeOffset until = now + (Cover * 2);
        foreach (OpenGrant grant in open.Values.Where(g => g.CoveredUntil < now + Cover))
        {
            grant.CoveredUntil = until;
            foreach (string key in grant.Keys) Reserve(key, rates[key], until, 1);
        }
    }

    /// <summary>What an earlier keeper may have granted.</summary>
    public void Take(IReadOnlyList<RateReservation> reservations)
    {
        foreach (RateReservation reservation in reservations)
        {
            Rate rate = Of(reservation.Key);
            rate.Heed(reservation.ExpiresAt - reservation.Until);
            for (int i = 0; i < reservation.Count; i++) rate.Start(reservation.Until);
        }
    }

    /// <summary>Forgets rates whose last start is longer ago than any window they were counted in.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach ((string key, Rate rate) in rates)
        {
            if (rate.IsIdleAt(now)) rates.Remove(key);
        }
    }

    private void Reserve(string key, Rate rate, DateTimeOffset until, int count)
    {
        int same = Unwritten.FindIndex(r => r.Key == key && r.Until == until);
        if (same >= 0) Unwritten[same] = Unwritten[same] with { Count = Unwritten[same].Count + count };
        else Unwritten.Add(new RateReservation(key, until, count, until + rate.Longest));
    }

    private Rate Enter(string key, RateLimit limit)
    {
        Rate rate = Of(key);
        rate.Heed(limit);
        rate.Open++;
        return rate;
    }

    private Rate Of(string key)
    {
        if (!rates.TryGetValue(key, out Rate? rate)) rates[key] = rate = new Rate();
        return rate;
    }

    private sealed record OpenGrant(QueueKey Queue, long Fence, IReadOnlyList<string> Keys)
    {
        /// <summary>Until when its start would be counted by a keeper that takes over.</summary>
        public DateTimeOffset CoveredUntil { get; set; } = DateTimeOffset.MinValue;
    }
}

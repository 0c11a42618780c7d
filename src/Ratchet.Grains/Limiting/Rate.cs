using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Grains.Limiting;

/// <summary>One rate: its starts, its grants that have not come to one, and what is reserved of it.</summary>
internal sealed class Rate
{
    /// <summary>A queue asks again at the instant that it was told; one that has not for so long after it does not wait any more.</summary>
    private static readonly TimeSpan StillWaits = TimeSpan.FromSeconds(10);

    private readonly SlidingLog log = new();
    private readonly Dictionary<QueueKey, DateTimeOffset> waiting = [];

    /// <summary>The longest window that starts have been counted in: jobs of one key may bring different ones.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>By which it was asked last; null when nobody has asked yet.</summary>
    public RateLimit? Limit { get; private set; }

    /// <summary>Grants that are not known to have begun, or to be over. Each takes a place: it may begin at any moment.</summary>
    public int Open { get; set; }

    public int Reserved { get; set; }
    public DateTimeOffset ReservedUntil { get; set; }

    /// <summary>Nothing of it is within any window, and nobody waits for it.</summary>
    public bool IsIdleAt(DateTimeOffset now)
    {
        Tidy(now);
        return log.Count == 0 && Open == 0 && waiting.Count == 0;
    }

    public void Heed(RateLimit limit)
    {
        Limit = limit;
        Heed(limit.Window);
    }

    public void Heed(TimeSpan window)
    {
        if (window > Longest) Longest = window;
    }

    public void Start(DateTimeOffset at) => log.Add(at);

    public int Used(RateLimit limit, DateTimeOffset now) => log.Since(now - limit.Window).Length + Open;

    /// <summary>When a job may start that <paramref name="ahead"/> others go before: each place of the window is free again a window after it was taken.</summary>
    public DateTimeOffset StartOf(RateLimit limit, DateTimeOffset now, int ahead)
    {
        ReadOnlySpan<DateTimeOffset> taken = log.Since(now - limit.Window);
        // What is granted and has not begun is taken to begin now. Places that a larger rate took before it was lowered have to be waited for, too.
        int free = limit.Count - taken.Length - Open;
        if (ahead < free) return now;
        int place = ahead - free;
        if (place < taken.Length) return taken[place] + limit.Window;
        if (place < taken.Length + Open) return now + limit.Window;
        // All places have been taken once more by then; the order in which they come free repeats itself.
        int rounds = ahead / limit.Count;
        return StartOf(limit, now, ahead % limit.Count) + (limit.Window * rounds);
    }

    public void Wait(QueueKey queue, DateTimeOffset until) => waiting[queue] = until;

    public void NoLongerWaits(QueueKey queue) => waiting.Remove(queue);

    public IReadOnlyList<QueueKey> Waiting(DateTimeOffset now)
    {
        Tidy(now);
        return [.. waiting.Keys];
    }

    public void Tidy(DateTimeOffset now)
    {
        log.Trim(now - Longest);
        foreach ((QueueKey queue, DateTimeOffset until) in waiting)
        {
            if (until + StillWaits < now) waiting.Remove(queue);
        }
    }
}

namespace Ratchet.Grains.Queues;

/// <summary>
/// A timer that fires at the earliest of the instants that it was set to, or soon after. An instant may pass before its timer fires, on a busy silo or because the
/// clock was set ahead: a later one never takes its place, and no number of settings puts it off.
/// </summary>
/// <param name="grain">Least time from a setting to the firing, so that instants close to each other are worked off together.</param>
public sealed class Alarm(IGrainTimer timer, TimeSpan grain, TimeProvider time)
{
    /// <summary>Timers cannot run longer than about 49 days; for a far instant the alarm fires early, and whoever hears it sets it again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>When the timer fires, by the monotonic clock.</summary>
    private long? fires;

    /// <summary>The earliest instant that it is set to.</summary>
    public DateTimeOffset? At { get; private set; }

    public void Set(DateTimeOffset at)
    {
        if (At is null || at < At) At = at;
        TimeSpan wait = At.Value - time.GetUtcNow();
        wait = wait < grain ? grain : wait > Longest ? Longest : wait;
        long would = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        if (fires <= would) return;
        fires = would;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>To be called first when the timer has fired.</summary>
    public void Fired()
    {
        At = null;
        fires = null;
    }
}

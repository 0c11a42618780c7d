namespace Ratchet.Statistics;

/// <summary>Buckets that times are counted in, each a tenth longer than the one before: from 0.1 ms to some days.</summary>
public static class TimeBuckets
{
    public const int Count = 240;

    private const double Least = 0.1;
    private static readonly double Step = Math.Log(1.1);

    public static int Of(TimeSpan time) =>
        time.TotalMilliseconds <= Least ? 0 : Math.Min(Count - 1, 1 + (int)(Math.Log(time.TotalMilliseconds / Least) / Step));

    /// <summary>The time that <paramref name="share"/> of those that were counted do not exceed, no more than a tenth too long; null when none were.</summary>
    public static TimeSpan? Quantile(IReadOnlyList<long> counts, double share)
    {
        long all = counts.Sum();
        if (all == 0) return null;
        long rank = Math.Max(1, (long)Math.Ceiling(all * share));
        int at = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[++at]) { }
        return TimeSpan.FromMilliseconds(Least * Math.Exp(at * Step));
    }

    public static TimesView View(IReadOnlyList<long> counts) => new(counts.Sum(), Quantile(counts, 0.5), Quantile(counts, 0.95), Quantile(counts, 0.99));
}

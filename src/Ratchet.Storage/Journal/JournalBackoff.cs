namespace Ratchet.Storage.Journal;

/// <summary>
/// Waits between attempts to reach a store that is away: 50 ms, doubled each time up to 5 s. Up to half of it is taken off at random,
/// so that silos do not come in step.
/// </summary>
internal static class JournalBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="failures">Attempts that failed so far, from 1.</param>
    /// <param name="random">From 0 to below 1.</param>
    public static TimeSpan Delay(int failures, double random)
    {
        double bound = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 20) - 1));
        return TimeSpan.FromMilliseconds(bound * (1 - (random / 2)));
    }
}

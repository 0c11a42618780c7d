namespace Ratchet.Grains.Schedules;

/// <summary>A rate as steps: so many jobs at once, then so long nothing.</summary>
/// <param name="Batch">1 to 100.</param>
internal readonly record struct BackfillPace(int Batch, TimeSpan Pause)
{
    /// <summary>Steps of half a second to a minute, evenly: over any minute no more than <paramref name="perMinute"/> jobs, give or take one step.</summary>
    public static BackfillPace Of(int perMinute)
    {
        int batch = Math.Max(1, perMinute / 60);
        return new BackfillPace(batch, TimeSpan.FromMinutes(1) * batch / perMinute);
    }
}

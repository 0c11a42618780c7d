namespace Ratchet.Jobs;

/// <summary>Deletes jobs and events that have been kept long enough; one in the cluster. Key: 0.</summary>
[Alias("ratchet.IRetentionGrain")]
public interface IRetentionGrain : IGrainWithIntegerKey
{
    /// <summary>Begins, if it has not; from now on it goes by its own reminder.</summary>
    [Alias("start")]
    Task StartAsync();

    /// <summary>Goes through once now. Returns how many jobs were deleted.</summary>
    [Alias("sweep")]
    Task<int> SweepAsync();
}

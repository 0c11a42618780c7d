namespace Ratchet.Events;

/// <summary>
/// Wakes those who follow events: silos say that they have written some, gateways wait here for that instead of asking the store all the time. It says nothing of which events:
/// those are in the store. A hint may be lost, so that a follower looks once a second all the same. One in the cluster. Key: 0.
/// </summary>
[Alias("ratchet.IEventSignalGrain")]
public interface IEventSignalGrain : IGrainWithIntegerKey
{
    /// <summary>Events were written.</summary>
    [Alias("noted"), Orleans.Concurrency.OneWay, Orleans.Concurrency.AlwaysInterleave]
    Task NotedAsync();

    /// <summary>Waits until events were written since <paramref name="seen"/>, for at most <paramref name="patience"/> (bounded by 10 s).</summary>
    /// <param name="seen">What the last call returned; 0 at first.</param>
    /// <returns>What to give to the next call.</returns>
    [Alias("wait"), Orleans.Concurrency.AlwaysInterleave]
    Task<long> WaitAsync(long seen, TimeSpan patience, CancellationToken cancel = default);
}

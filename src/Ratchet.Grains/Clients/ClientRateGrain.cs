using Ratchet.Clients;

namespace Ratchet.Grains.Clients;

/// <inheritdoc cref="IClientRateGrain"/>
public sealed class ClientRateGrain(TimeProvider time) : Grain, IClientRateGrain
{
    private readonly ClientBuckets buckets = new();
    private readonly long began = time.GetTimestamp();

    public Task<ClientLease> LeaseAsync(ClientRate rate, ClientLeaseAsk ask)
    {
        // A rate that cannot be is a fault of the caller: it must not end in a division by zero.
        if (rate.Count < 1 || rate.Window <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate has at least one token, and a window.");
        return Task.FromResult(buckets.Lease(rate, ask, time.GetElapsedTime(began).Ticks));
    }
}

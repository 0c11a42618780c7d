using Ratchet.Clients;

namespace Ratchet.Grains.Clients;

/// <summary>
/// Token buckets of many addresses, eight bytes each, by the generic cell rate algorithm (ITU-T I.371, annex A): of a bucket only the instant is kept at which it is full again. One that is
/// full by now need not be kept at all. Two generations bound the memory: when the younger one is full, the older one is forgotten, and with it those who have asked for nothing for longest.
/// </summary>
internal sealed class ClientBuckets(int most = ClientBuckets.MostAddresses)
{
    /// <summary>Of one keeper; 32 keepers have two million, in about 100 MiB.</summary>
    public const int MostAddresses = 65_536;

    private Dictionary<ulong, long> young = [];
    private Dictionary<ulong, long> old = [];

    /// <summary>How many addresses are known now.</summary>
    public int Count => young.Count + old.Count;

    /// <param name="now">Ticks of a clock that never goes back.</param>
    public ClientLease Lease(ClientRate rate, ClientLeaseAsk ask, long now)
    {
        double perToken = rate.TicksPerToken;
        long fullAt = Math.Max(FullAt(ask.Address), now);
        // A bucket is never more than full, whatever is given back.
        if (ask.Returned > 0) fullAt = Math.Max(fullAt - (long)(Math.Min(ask.Returned, rate.Count) * perToken), now);
        // After the rate was lowered, or set to a shorter window, a debt is at most one window's.
        fullAt = Math.Min(fullAt, now + rate.Window.Ticks);
        double there = (rate.Window.Ticks - (fullAt - now)) / perToken;
        // Half a tick for what division leaves over.
        int tokens = (int)(there + (0.5 / perToken)), granted = Math.Clamp(ask.Tokens, 0, tokens);
        Keep(ask.Address, fullAt + (long)(granted * perToken));
        return granted > 0 || ask.Tokens <= 0
            ? new ClientLease(granted, tokens - granted, TimeSpan.Zero)
            : new ClientLease(0, 0, TimeSpan.FromTicks(Math.Max(1, (long)Math.Ceiling((1 - there) * perToken))));
    }

    private long FullAt(ulong address) => young.TryGetValue(address, out long at) || old.TryGetValue(address, out at) ? at : long.MinValue;

    private void Keep(ulong address, long fullAt)
    {
        if (young.Count >= most / 2 && !young.ContainsKey(address)) (old, young) = (young, []);
        young[address] = fullAt;
    }
}

using System.Collections.Concurrent;

namespace Ratchet.Gateway.Protection;

/// <summary>
/// The addresses that a gateway has heard of lately, in two generations: when the younger one is full, the older one is forgotten. Leased tokens of a forgotten address are lost, which makes its rate
/// no higher; a denied one is denied again by the keeper.
/// </summary>
internal sealed class ClientTable(int most = ClientTable.MostAddresses)
{
    /// <summary>About 20 MiB.</summary>
    public const int MostAddresses = 131_072;

    private readonly Lock turning = new();
    private volatile ConcurrentDictionary<ulong, LeasedTokens> young = new();
    private volatile ConcurrentDictionary<ulong, LeasedTokens> old = new();
    private int added;

    public int Count => young.Count + old.Count;

    public LeasedTokens Of(ulong address)
    {
        ConcurrentDictionary<ulong, LeasedTokens> into = young;
        if (into.TryGetValue(address, out LeasedTokens? known)) return known;
        LeasedTokens fresh = old.TryGetValue(address, out known) ? known : new LeasedTokens();
        LeasedTokens there = into.GetOrAdd(address, fresh);
        if (ReferenceEquals(there, fresh) && Interlocked.Increment(ref added) >= most / 2) Turn(into);
        return there;
    }

    private void Turn(ConcurrentDictionary<ulong, LeasedTokens> full)
    {
        lock (turning)
        {
            if (!ReferenceEquals(full, young)) return;
            (old, young, added) = (full, new ConcurrentDictionary<ulong, LeasedTokens>(), 0);
        }
    }
}

using Ratchet.Clients;

namespace Ratchet.Gateway.Protection;

/// <summary>What one gateway holds of one address's bucket. All of it is read and changed under its own lock.</summary>
internal sealed class LeasedTokens
{
    private int tokens;
    private long spendBefore;
    private long deniedUntil;
    private int left;

    /// <summary>The lease that is on its way, which requests without a token wait for together.</summary>
    public Task? Leasing { get; set; }

    /// <summary>Requests that wait for it.</summary>
    public int Waiting { get; set; }

    /// <summary>A token for a request, or a denial that is still good; null when the keeper has to be asked.</summary>
    /// <param name="now">Ticks of the gateway's clock.</param>
    public Admission? Take(long now)
    {
        if (tokens > 0 && now < spendBefore)
        {
            tokens--;
            return new Admission(tokens + left, TimeSpan.Zero);
        }

        return now < deniedUntil ? new Admission(0, TimeSpan.FromTicks(deniedUntil - now)) : null;
    }

    /// <summary>What was leased and not spent in time: it goes back with the next ask.</summary>
    public int Unspent()
    {
        (int unspent, tokens) = (tokens, 0);
        return unspent;
    }

    public void Granted(ClientLease lease, long now, TimeSpan good, TimeSpan denial)
    {
        (tokens, left, spendBefore) = (lease.Granted, lease.Remaining, now + good.Ticks);
        // Long enough for a bunch to come back: a client that goes on regardless costs the keeper no more than others do.
        if (lease.Granted == 0) deniedUntil = now + Math.Max(lease.RetryAfter.Ticks, denial.Ticks);
    }

    /// <summary>The keeper did not answer: the gateway lets through what the rate allows, by itself.</summary>
    public void Alone(int bunch, long now, TimeSpan worth)
    {
        (tokens, left, spendBefore) = (bunch, 0, now + worth.Ticks);
        deniedUntil = spendBefore;
    }
}

/// <param name="Remaining">Requests that the address may still make, as far as this gateway knows.</param>
/// <param name="RetryAfter">For a request that is denied: how long until another try is worth it; zero for one that is let in.</param>
internal readonly record struct Admission(int Remaining, TimeSpan RetryAfter)
{
    public bool Denied => RetryAfter > TimeSpan.Zero;
}

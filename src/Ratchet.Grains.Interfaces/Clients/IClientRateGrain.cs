namespace Ratchet.Clients;

/// <summary>
/// Keeper of a part of all clients' addresses: how many requests each may still make. Gateways lease tokens in bunches and spend them themselves, so that a rate holds across all gateways
/// and no request waits for a call of its own. It keeps nothing in the store: a keeper that is lost forgets, and every address begins with a full bucket. Key: the part, from 0.
/// </summary>
[Alias("ratchet.IClientRateGrain")]
public interface IClientRateGrain : IGrainWithIntegerKey
{
    /// <summary>Takes tokens out of an address's bucket; fewer than were asked for, or none, when it has not that many.</summary>
    /// <remarks>A call that is repeated takes again: a lease is lost then, and nobody gets more than the rate.</remarks>
    [Alias("lease")]
    Task<ClientLease> LeaseAsync(ClientRate rate, ClientLeaseAsk ask);
}

/// <summary>A token bucket: it holds <paramref name="Count"/> tokens, and that many come back within <paramref name="Window"/>, evenly.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.client-rate")]
public readonly record struct ClientRate([property: Id(0)] int Count, [property: Id(1)] TimeSpan Window)
{
    /// <summary>Ticks until one token comes back.</summary>
    public double TicksPerToken => (double)Window.Ticks / Count;
}

/// <param name="Address">See <see cref="ClientAddress"/>.</param>
/// <param name="Tokens">How many are wanted.</param>
/// <param name="Returned">How many of the last lease were not spent: they go back first.</param>
[GenerateSerializer, Immutable, Alias("ratchet.client-lease-ask")]
public readonly record struct ClientLeaseAsk([property: Id(0)] ulong Address, [property: Id(1)] int Tokens, [property: Id(2)] int Returned);

/// <param name="Granted">Tokens that were taken out of the bucket; 0 when it is empty.</param>
/// <param name="Remaining">Tokens that are left in it.</param>
/// <param name="RetryAfter">How long until there is a token again; zero when some were granted.</param>
[GenerateSerializer, Immutable, Alias("ratchet.client-lease")]
public readonly record struct ClientLease([property: Id(0)] int Granted, [property: Id(1)] int Remaining, [property: Id(2)] TimeSpan RetryAfter);

using Ratchet.Clients;
using Ratchet.Grains.Clients;

namespace Ratchet.Grains.Tests.Clients;

public class ClientBucketTests
{
    private static readonly ClientRate Rate = new(100, TimeSpan.FromSeconds(10));
    private readonly ClientBuckets buckets = new();

    [Fact]
    public void A_bucket_begins_full_empties_and_fills_evenly()
    {
        Assert.Equal(new ClientLease(10, 90, TimeSpan.Zero), Lease(10, 0));
        Assert.Equal(new ClientLease(90, 0, TimeSpan.Zero), Lease(200, 0));
        Assert.Equal(new ClientLease(0, 0, TimeSpan.FromMilliseconds(100)), Lease(1, 0));
        Assert.Equal(new ClientLease(0, 0, TimeSpan.FromMilliseconds(40)), Lease(1, 60));
        Assert.Equal(new ClientLease(1, 0, TimeSpan.Zero), Lease(5, 100));
        Assert.Equal(new ClientLease(50, 0, TimeSpan.Zero), Lease(50, 5_100));
        Assert.Equal(new ClientLease(100, 0, TimeSpan.Zero), Lease(1_000, 60_000));
    }

    [Fact]
    public void What_is_given_back_is_there_again_and_never_more_than_a_bucket_holds()
    {
        Lease(100, 0);
        Assert.Equal(new ClientLease(30, 0, TimeSpan.Zero), Lease(40, 0, returned: 30));
        Assert.Equal(new ClientLease(100, 0, TimeSpan.Zero), Lease(1_000, 20_000, returned: 100));
        Assert.Equal(new ClientLease(0, 0, TimeSpan.FromMilliseconds(100)), Lease(1, 20_000, returned: -50));
    }

    /// <summary>Three gateways that lease, spend and give back at random: over any time they spend no more than a bucket and what comes back.</summary>
    [Fact]
    public void The_rate_holds_over_gateways()
    {
        var random = new Random(7);
        int[] held = new int[3];
        long spent = 0;
        for (long at = 0; at < 60_000; at += random.Next(20))
        {
            int gateway = random.Next(held.Length), returned = random.Next(4) == 0 ? held[gateway] : 0;
            if (held[gateway] == 0 || returned > 0) held[gateway] += Lease(10, at, returned).Granted - returned;
            int spend = random.Next(held[gateway] + 1);
            (held[gateway], spent) = (held[gateway] - spend, spent + spend);
            Assert.InRange(spent, 0, 100 + (at / 100));
        }

        Assert.InRange(spent, 650, 700);
    }

    [Fact]
    public void Addresses_beyond_the_bound_are_forgotten_oldest_first()
    {
        var few = new ClientBuckets(1_000);
        few.Lease(Rate, new ClientLeaseAsk(1, 100, 0), 0);
        for (ulong address = 2; address < 10_000; address++)
        {
            few.Lease(Rate, new ClientLeaseAsk(address, 100, 0), 0);
            if (address % 100 == 0) Assert.Equal(0, few.Lease(Rate, new ClientLeaseAsk(1, 1, 0), 0).Granted);
            Assert.InRange(few.Count, 1, 1_000);
        }

        Assert.Equal(1, few.Lease(Rate, new ClientLeaseAsk(2, 1, 0), 0).Granted);
    }

    private ClientLease Lease(int tokens, int at, int returned = 0) => buckets.Lease(Rate, new ClientLeaseAsk(42, tokens, returned), TimeSpan.FromMilliseconds(at).Ticks);

    private ClientLease Lease(int tokens, long at, int returned = 0) => Lease(tokens, (int)at, returned);
}

using Ratchet.Grains.Limiting;
using Ratchet.Limiting;
using Ratchet.Storage.Controls;

namespace Ratchet.Grains.Tests.Limiting;

public class RateBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateLimit Rate = new(40, TimeSpan.FromMinutes(1));

    [Fact]
    public void A_window_that_slides_never_holds_more_than_the_rate()
    {
        var book = new RateBook();
        for (int i = 0; i < 40; i++) Grant(book, Noon.AddSeconds(i));
        Assert.Equal(Noon.AddMinutes(1), book.RoomAt("k", Rate, Noon.AddSeconds(45)));
        Assert.Null(book.RoomAt("k", Rate, Noon.AddMinutes(1)));
        Grant(book, Noon.AddMinutes(1));
        Assert.Equal(Noon.AddSeconds(61), book.RoomAt("k", Rate, Noon.AddMinutes(1)));
    }

    [Fact]
    public void A_keeper_that_takes_over_grants_no_more_than_the_rate_together_with_the_one_before()
    {
        var first = new RateBook();
        var reserved = new List<RateReservation>();
        int granted = 0;
        DateTimeOffset now = Noon;
        for (; granted < 25; granted++, now += TimeSpan.FromMilliseconds(70))
        {
            first.Grant("k", Rate, now);
            reserved.AddRange(first.Unwritten);
            first.Unwritten.Clear();
        }

        var second = new RateBook();
        second.Take(reserved);
        while (second.RoomAt("k", Rate, now) is null)
        {
            second.Grant("k", Rate, now);
            granted++;
        }

        Assert.InRange(granted, 30, 40);
    }

    [Fact]
    public void Every_grant_is_covered_by_a_reservation_that_counts_at_least_as_long()
    {
        var book = new RateBook();
        int covered = 0, granted = 0;
        for (DateTimeOffset now = Noon; granted < 40; granted++, now += TimeSpan.FromMilliseconds(300))
        {
            book.Grant("k", Rate, now);
            foreach (RateReservation reservation in book.Unwritten)
            {
                covered += reservation.Count;
                Assert.True(reservation.ExpiresAt >= now + Rate.Window);
            }

            book.Unwritten.Clear();
            Assert.True(covered > granted);
        }
    }

    private static void Grant(RateBook book, DateTimeOffset at)
    {
        Assert.Null(book.RoomAt("k", Rate, at));
        book.Grant("k", Rate, at);
    }
}

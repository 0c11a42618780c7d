using Ratchet.Grains.Limiting;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage.Controls;

namespace Ratchet.Grains.Tests.Limiting;

public class RateBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateLimit Rate = new(40, TimeSpan.FromMinutes(1));
    private static readonly RateLimit Three = new(3, TimeSpan.FromSeconds(10));
    private int jobs;

    [Fact]
    public void A_window_that_slides_never_holds_more_than_the_rate()
    {
        var book = new RateBook();
        for (int i = 0; i < 40; i++) StartOne(book, Noon.AddSeconds(i));
        Assert.Equal(Noon.AddMinutes(1), book.RoomAt("k", Rate, Noon.AddSeconds(45)));
        Assert.Null(book.RoomAt("k", Rate, Noon.AddMinutes(1)));
        StartOne(book, Noon.AddMinutes(1));
        Assert.Equal(Noon.AddSeconds(61), book.RoomAt("k", Rate, Noon.AddMinutes(1)));
    }

    [Fact]
    public void A_grant_takes_its_place_until_a_window_after_its_start_however_late_that_is()
    {
        var book = new RateBook();
        LimitAsk[] asks = [.. Enumerable.Range(0, 3).Select(_ => Grant(book, Three, Noon))];
        DateTimeOffset late = Noon.AddSeconds(25);
        // None has begun: all three could at any moment.
        Assert.Equal(late.AddSeconds(10), book.RoomAt("k", Three, late));
        book.Start(new LimitStart(asks[0].Job, asks[0].Fence), late);
        Assert.NotNull(book.RoomAt("k", Three, late.AddSeconds(9)));
        Assert.Null(book.RoomAt("k", Three, late.AddSeconds(10)));
        Grant(book, Three, late.AddSeconds(10));
        // One that is over without having told of a start may have begun at the last moment.
        book.Release(asks[1].Job, late.AddSeconds(12));
        Assert.Equal(late.AddSeconds(22), book.RoomAt("k", Three, late.AddSeconds(12)));
    }

    [Fact]
    public void The_start_of_an_earlier_attempt_says_nothing_of_the_next()
    {
        var book = new RateBook();
        LimitAsk ask = Grant(book, new RateLimit(1, TimeSpan.FromSeconds(10)), Noon);
        book.Start(new LimitStart(ask.Job, ask.Fence - 1), Noon);
        Assert.True(book.IsOpen(ask.Job, ask.Fence));
        book.Start(new LimitStart(ask.Job, ask.Fence), Noon);
        Assert.False(book.HasOpen);
    }

    [Fact]
    public void Jobs_of_one_key_with_different_windows_are_each_held_to_their_own()
    {
        var book = new RateBook();
        var hour = new RateLimit(3, TimeSpan.FromHours(1));
        for (int i = 0; i < 3; i++) StartOne(book, Noon.AddMinutes(i), hour);
        // The shorter window has forgotten them; the longer one has not.
        Assert.Null(book.RoomAt("k", Three, Noon.AddMinutes(10)));
        Assert.Equal(Noon.AddHours(1), book.RoomAt("k", hour, Noon.AddMinutes(10)));
    }

    [Fact]
    public void A_job_with_others_before_it_waits_as_many_windows_as_they_need()
    {
        var book = new RateBook();
        Assert.Equal([0, 0, 0, 10, 10, 10, 20], Starts(Noon));
        Grant(book, Three, Noon);
        StartOne(book, Noon.AddSeconds(4), Three);
        // One place is free; one is free again at 14 s, and the one that has yet to begin 10 s after now.
        Assert.Equal([5, 14, 15, 15, 24, 25, 25], Starts(Noon.AddSeconds(5)));

        double[] Starts(DateTimeOffset now) =>
            [.. Enumerable.Range(0, 7).Select(ahead => ((book.Find("k")?.StartOf(Three, now, ahead) ?? now + (Three.Window * (ahead / 3))) - Noon).TotalSeconds)];
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
            StartOne(first, now);
            reserved.AddRange(first.Unwritten);
            first.Unwritten.Clear();
        }

        var second = new RateBook();
        second.Take(reserved);
        while (second.RoomAt("k", Rate, now) is null)
        {
            StartOne(second, now);
            granted++;
        }

        Assert.InRange(granted, 30, 40);
    }

    [Fact]
    public void A_keeper_that_takes_over_counts_a_start_that_came_long_after_its_grant()
    {
        var first = new RateBook();
        var reserved = new List<RateReservation>();
        LimitAsk ask = Grant(first, Three, Noon);
        DateTimeOffset start = Noon.AddSeconds(33);
        for (DateTimeOffset now = Noon; now <= start; now += RateBook.RenewEvery)
        {
            first.Renew(now);
            reserved.AddRange(first.Unwritten);
            first.Unwritten.Clear();
        }

        // It begins, and the keeper is gone before it hears of it.
        Assert.True(first.IsOpen(ask.Job, ask.Fence));
        var second = new RateBook();
        second.Take([.. reserved.Where(r => r.ExpiresAt > start)]);
        Assert.True(second.Find("k")!.Used(Three, start.AddSeconds(10).AddTicks(-1)) >= 1);
    }

    [Fact]
    public void Every_grant_is_covered_by_a_reservation_that_counts_at_least_as_long()
    {
        var book = new RateBook();
        int covered = 0, granted = 0;
        for (DateTimeOffset now = Noon; granted < 40; granted++, now += TimeSpan.FromMilliseconds(300))
        {
            Grant(book, Rate, now);
            foreach (RateReservation reservation in book.Unwritten)
            {
                covered += reservation.Count;
                Assert.True(reservation.ExpiresAt >= now + Rate.Window);
            }

            book.Unwritten.Clear();
            Assert.True(covered > granted);
        }
    }

    /// <summary>Granted, and begun at once.</summary>
    private void StartOne(RateBook book, DateTimeOffset at, RateLimit? rate = null)
    {
        LimitAsk ask = Grant(book, rate ?? Rate, at);
        book.Start(new LimitStart(ask.Job, ask.Fence), at);
    }

    private LimitAsk Grant(RateBook book, RateLimit rate, DateTimeOffset at)
    {
        Assert.Null(book.RoomAt("k", rate, at));
        var ask = new LimitAsk(new JobId(new Guid(++jobs, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0)), new LaneKey("t", Rate: "k"), null, rate, 2);
        book.Grant(QueueKey.Default, ask, [("k", rate)], at);
        return ask;
    }
}

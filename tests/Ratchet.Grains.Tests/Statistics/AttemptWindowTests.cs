using Ratchet.Grains.Statistics;
using Ratchet.Jobs;
using Ratchet.Statistics;

namespace Ratchet.Grains.Tests.Statistics;

/// <summary>What a node remembers of attempts: the last minute, the last hour, and times within a tenth.</summary>
public sealed class AttemptWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly AttemptWindow window = new();

    [Fact]
    public void Attempts_are_counted_by_when_they_ended()
    {
        Add(Noon, 3);
        Add(Noon.AddMinutes(-5), 4, FailureKind.Timeout);
        Add(Noon.AddMinutes(-59), 5);
        NodeStatistics seen = Read(Noon, TimeSpan.FromMinutes(10));
        Assert.Equal((3, 0, 8, 4), (seen.CompletedMinute, seen.FailedMinute, seen.CompletedHour, seen.FailedHour));
        Assert.Equal((4, 7), (seen.Failures[(int)FailureKind.Timeout], seen.Waits.Sum()));
    }

    [Fact]
    public void What_is_older_than_an_hour_is_gone_and_does_not_come_back_when_its_place_is_taken()
    {
        Add(Noon, 3);
        Assert.Equal(0, Read(Noon.AddHours(1), TimeSpan.FromHours(1)).CompletedHour);
        Add(Noon.AddHours(1), 2);
        Add(Noon, 7);
        Assert.Equal(2, Read(Noon.AddHours(1), TimeSpan.FromHours(1)).CompletedHour);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(1_999)]
    [InlineData(86_400_000)]
    public void A_time_is_told_no_more_than_a_tenth_too_long(double milliseconds)
    {
        for (int i = 0; i < 100; i++) window.Add(Noon, null, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.Zero);
        double told = TimeBuckets.Quantile(Read(Noon, TimeSpan.FromMinutes(1)).Waits, 0.95)!.Value.TotalMilliseconds;
        Assert.InRange(told, milliseconds * 0.99, Math.Max(0.11, milliseconds * 1.11));
    }

    [Fact]
    public void Quantiles_are_of_all_that_was_counted()
    {
        long[] counts = new long[TimeBuckets.Count];
        Assert.Null(TimeBuckets.Quantile(counts, 0.5));
        counts[TimeBuckets.Of(TimeSpan.FromMilliseconds(1))] = 90;
        counts[TimeBuckets.Of(TimeSpan.FromMilliseconds(100))] = 10;
        Assert.InRange(TimeBuckets.Quantile(counts, 0.5)!.Value.TotalMilliseconds, 0.99, 1.11);
        Assert.InRange(TimeBuckets.Quantile(counts, 0.95)!.Value.TotalMilliseconds, 99, 111);
    }

    private NodeStatistics Read(DateTimeOffset now, TimeSpan of) => window.Read(now, of, Noon.AddDays(-1));

    private void Add(DateTimeOffset at, int count, FailureKind? failure = null)
    {
        for (int i = 0; i < count; i++) window.Add(at, failure, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2));
    }
}

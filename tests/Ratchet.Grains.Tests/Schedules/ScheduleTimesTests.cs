using Ratchet.Grains.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

public class ScheduleTimesTests
{
    [Fact]
    public void An_interval_counts_from_its_start_and_fires_there_too()
    {
        ScheduleDefinition definition = Make.Every(TimeSpan.FromMinutes(90), "2026-03-01T12:00:00Z");
        Assert.Equal(["2026-03-01 12:00", "2026-03-01 13:30", "2026-03-01 15:00"], Make.Next(definition, "2020-01-01T00:00:00Z", 3));
        Assert.Equal(["2026-03-01 13:30"], Make.Next(definition, "2026-03-01T12:00:00Z", 1));
        Assert.Equal(["2026-03-29 03:00", "2026-03-29 04:30"], Make.Next(definition, "2026-03-29T02:59:59Z", 2));
        ScheduleTimes times = ScheduleTimes.Of(definition);
        Assert.Equal(Make.At("2026-03-01T13:30:00Z"), times.Last(Make.At("2026-03-01T13:30:00Z")));
        Assert.Equal(Make.At("2026-03-01T12:00:00Z"), times.Last(Make.At("2026-03-01T13:29:59Z")));
        Assert.Null(times.Last(Make.At("2026-03-01T11:59:59Z")));
    }

    [Fact]
    public void One_shot_fires_once()
    {
        ScheduleDefinition definition = Make.Definition() with { At = Make.At("2026-03-01T12:00:00Z") };
        Assert.Equal(["2026-03-01 12:00"], Make.Next(definition, "2026-01-01T00:00:00Z", 2));
        Assert.Empty(Make.Next(definition, "2026-03-01T12:00:00Z", 1));
        Assert.Equal(Make.At("2026-03-01T12:00:00Z"), ScheduleTimes.Of(definition).Last(Make.At("2026-03-05T12:00:00Z")));
    }

    [Fact]
    public void Bounds_hold_the_start_in_and_the_end_out()
    {
        ScheduleDefinition definition = Make.Cron("0 12 * * *") with { StartAt = Make.At("2026-03-02T12:00:00Z"), EndAt = Make.At("2026-03-04T12:00:00Z") };
        Assert.Equal(["2026-03-02 12:00", "2026-03-03 12:00"], Make.Next(definition, "2026-01-01T00:00:00Z", 5));
        ScheduleTimes times = ScheduleTimes.Of(definition);
        Assert.Equal(Make.At("2026-03-03T12:00:00Z"), times.Last(Make.At("2027-01-01T00:00:00Z")));
        Assert.Null(times.Last(Make.At("2026-03-02T11:00:00Z")));
    }

    [Fact]
    public void The_same_instant_has_the_same_jitter_within_its_bound()
    {
        var key = new ScheduleKey("t", "s");
        TimeSpan most = TimeSpan.FromMinutes(10);
        TimeSpan[] jitters = [.. Enumerable.Range(0, 1000).Select(i => Jitter.Of(key, Make.At("2026-03-01T12:00:00Z").AddHours(i), most))];
        Assert.Equal(jitters, Enumerable.Range(0, 1000).Select(i => Jitter.Of(key, Make.At("2026-03-01T12:00:00Z").AddHours(i), most)));
        Assert.All(jitters, j => Assert.InRange(j, TimeSpan.Zero, most));
        Assert.InRange(jitters.Average(j => j.TotalSeconds), 270, 330);
        Assert.NotEqual(jitters[0], Jitter.Of(new ScheduleKey("t", "other"), Make.At("2026-03-01T12:00:00Z"), most));
        Assert.Equal(TimeSpan.Zero, Jitter.Of(key, Make.At("2026-03-01T12:00:00Z"), TimeSpan.Zero));
    }
}

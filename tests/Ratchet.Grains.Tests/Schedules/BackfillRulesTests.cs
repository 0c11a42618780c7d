using Ratchet.Grains.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

public class BackfillRulesTests
{
    private static readonly DateTimeOffset Now = Make.At("2026-03-01T12:00:00Z");
    private static readonly ScheduleTimes Hourly = ScheduleTimes.Of(Make.Cron("@hourly"));

    [Theory]
    [InlineData("/to", 0, 0, 60)]
    [InlineData("/to", -1, 1, 60)]
    [InlineData("/from", -48, 0, 60)]
    [InlineData("/perMinute", -2, 0, 0)]
    [InlineData("/perMinute", -2, 0, Limits.BackfillPerMinute + 1)]
    public void A_wrong_field_is_named_by_its_pointer(string pointer, int from, int to, int perMinute)
    {
        var request = new BackfillRequest(Now.AddHours(from), Now.AddHours(to), perMinute);
        Assert.Equal(pointer, Assert.Throws<InvalidScheduleException>(() => BackfillRules.Check(request, Now.AddHours(-24), Now)).Pointer);
    }

    [Fact]
    public void The_range_holds_its_start_and_not_its_end()
    {
        var request = new BackfillRequest(Now.AddHours(-3), Now, 60);
        Assert.Equal(3, BackfillRules.Count(Hourly, request));
        Assert.Equal([Now.AddHours(-3), Now.AddHours(-2)], BackfillRules.Instants(Hourly, request, null, 2));
        Assert.Equal([Now.AddHours(-1)], BackfillRules.Instants(Hourly, request, Now.AddHours(-2), 2));
    }

    [Fact]
    public void A_range_without_instants_or_with_too_many_is_refused()
    {
        Assert.Equal("/from", Assert.Throws<InvalidScheduleException>(() => BackfillRules.Count(Hourly, new BackfillRequest(Now.AddMinutes(-30), Now, 1))).Pointer);
        ScheduleTimes seconds = ScheduleTimes.Of(Make.Cron("* * * * * *"));
        Assert.Equal(Limits.BackfillInstants, BackfillRules.Count(seconds, new BackfillRequest(Now.AddSeconds(-Limits.BackfillInstants), Now, 1)));
        Assert.Equal("/to", Assert.Throws<InvalidScheduleException>(() => BackfillRules.Count(seconds, new BackfillRequest(Now.AddSeconds(-Limits.BackfillInstants - 1), Now, 1))).Pointer);
    }

    [Theory]
    [InlineData(1, 1, 60_000)]
    [InlineData(60, 1, 1_000)]
    [InlineData(90, 1, 666)]
    [InlineData(600, 10, 1_000)]
    [InlineData(Limits.BackfillPerMinute, 100, 1_000)]
    public void A_rate_becomes_steps(int perMinute, int batch, int pauseMs)
    {
        BackfillPace pace = BackfillPace.Of(perMinute);
        Assert.Equal((batch, pauseMs), (pace.Batch, (int)pace.Pause.TotalMilliseconds));
    }
}

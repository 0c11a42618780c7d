using Ratchet.Grains.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

/// <summary>An hourly schedule, decided until 12:00, with a threshold of 10 minutes unless told otherwise.</summary>
public class DuePlanTests
{
    private static readonly ScheduleDefinition Hourly = Make.Cron("@hourly") with { MisfireThreshold = TimeSpan.FromMinutes(10) };

    [Fact]
    public void Nothing_is_due_before_the_next_instant()
    {
        DuePlan plan = Plan(Hourly, "12:59:59.999");
        Assert.Equal(("", null, "12:00", "13:00"), (Fires(plan), plan.Missed, Hour(plan.DecidedUntil), Hour(plan.Next!.Value)));
    }

    [Theory]
    [InlineData("13:00", "13:00")]
    [InlineData("13:10", "13:00")]
    public void An_instant_within_the_threshold_is_on_time_whatever_the_policy(string now, string fires)
    {
        foreach (MisfirePolicy policy in Enum.GetValues<MisfirePolicy>())
        {
            DuePlan plan = Plan(Hourly with { Misfire = policy }, now);
            Assert.Equal((fires, null, "13:00", "14:00"), (Fires(plan), plan.Missed, Hour(plan.DecidedUntil), Hour(plan.Next!.Value)));
        }
    }

    [Theory]
    // Nobody looked from 12:00 to 17:30: 13:00 to 17:00 have misfired.
    [InlineData(MisfirePolicy.Skip, 1, "17:30", "", "17:00", 5)]
    [InlineData(MisfirePolicy.RunOnce, 1, "17:30", "17:00", "16:00", 4)]
    [InlineData(MisfirePolicy.CatchUp, 3, "17:30", "15:00 16:00 17:00", "14:00", 2)]
    [InlineData(MisfirePolicy.CatchUp, 5, "17:30", "13:00 14:00 15:00 16:00 17:00", null, 0)]
    [InlineData(MisfirePolicy.CatchUp, 1000, "17:30", "13:00 14:00 15:00 16:00 17:00", null, 0)]
    // At 17:05 the newest is on time, beside whatever the policy brings back.
    [InlineData(MisfirePolicy.Skip, 1, "17:05", "17:00", "16:00", 4)]
    [InlineData(MisfirePolicy.RunOnce, 1, "17:05", "16:00 17:00", "15:00", 3)]
    [InlineData(MisfirePolicy.CatchUp, 2, "17:05", "15:00 16:00 17:00", "14:00", 2)]
    public void What_was_missed_goes_by_the_policy(MisfirePolicy policy, int catchUp, string now, string fires, string? missed, int count)
    {
        DuePlan plan = Plan(Hourly with { Misfire = policy, CatchUp = catchUp }, now);
        Assert.Equal(fires, Fires(plan));
        Assert.Equal((missed, count), (plan.Missed is { } at ? Hour(at) : null, plan.MissedCount));
        Assert.Equal(("17:00", "18:00"), (Hour(plan.DecidedUntil), Hour(plan.Next!.Value)));
    }

    [Fact]
    public void A_year_of_seconds_costs_no_more_than_an_hour()
    {
        ScheduleDefinition seconds = Make.Cron("* * * * * *") with { Misfire = MisfirePolicy.CatchUp, CatchUp = Limits.CatchUp };
        DateTimeOffset now = Make.At("2027-03-01T12:00:00Z");
        DuePlan plan = DuePlan.For(ScheduleTimes.Of(seconds), seconds, Make.At("2026-03-01T12:00:00Z"), now);
        // A minute of instants on time, with both of its ends, and the newest thousand before it.
        Assert.Equal(61 + Limits.CatchUp, plan.Fire.Count);
        Assert.Equal(plan.Fire.Order(), plan.Fire);
        Assert.Equal((now, DuePlan.MostCounted), (plan.Fire[^1], plan.MissedCount));
    }

    [Fact]
    public void Too_many_on_time_count_as_missed()
    {
        ScheduleDefinition seconds = Make.Cron("* * * * * *") with { Misfire = MisfirePolicy.Skip, MisfireThreshold = TimeSpan.FromHours(1) };
        DuePlan plan = DuePlan.For(ScheduleTimes.Of(seconds), seconds, Make.At("2026-03-01T12:00:00Z"), Make.At("2026-03-01T12:30:00Z"));
        Assert.Equal((Limits.FiresAtOnce, 800), (plan.Fire.Count, plan.MissedCount));
    }

    [Fact]
    public void After_the_last_instant_there_is_no_next()
    {
        DuePlan plan = Plan(Make.Definition() with { At = Make.At("2026-03-01T13:00:00Z") }, "13:00");
        Assert.Equal(("13:00", null), (Fires(plan), plan.Next));
    }

    private static DuePlan Plan(ScheduleDefinition definition, string now) =>
        DuePlan.For(ScheduleTimes.Of(definition), definition, Make.At("2026-03-01T12:00:00Z"), Make.At($"2026-03-01T{now}Z"));

    private static string Fires(DuePlan plan) => string.Join(' ', plan.Fire.Select(Hour));

    private static string Hour(DateTimeOffset at) => at.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

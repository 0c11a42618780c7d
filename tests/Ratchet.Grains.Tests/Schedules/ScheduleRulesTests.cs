using Ratchet.Grains.Schedules;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Schedules;

public class ScheduleRulesTests
{
    private static readonly DateTimeOffset Now = Make.At("2026-03-01T12:00:00.1234567Z");

    public static TheoryData<string, ScheduleDefinition> Wrong => new()
    {
        { "", Make.Definition() },
        { "", Make.Cron("@daily") with { At = Now } },
        { "/id", Make.Cron("@daily") with { Id = "a/b" } },
        { "/timeZone", Make.Cron("@daily", "Nowhere") },
        { "/timeZone", Make.Every(TimeSpan.FromHours(1), "2026-01-01T00:00:00Z") with { TimeZone = "Europe/Berlin" } },
        { "/every", Make.Every(TimeSpan.FromMilliseconds(999), "2026-01-01T00:00:00Z") },
        { "/every", Make.Every(TimeSpan.FromDays(365.5), "2026-01-01T00:00:00Z") },
        { "/every", Make.Every(TimeSpan.FromTicks(10_000_001), "2026-01-01T00:00:00Z") },
        { "/at", Make.Definition() with { At = Make.At("2100-01-01T00:00:00Z") } },
        { "/startAt", Make.Cron("@daily") with { StartAt = DateTimeOffset.MinValue } },
        { "/endAt", Make.Cron("@daily") with { StartAt = Now, EndAt = Now } },
        { "/catchUp", Make.Cron("@daily") with { CatchUp = 0 } },
        { "/catchUp", Make.Cron("@daily") with { CatchUp = Limits.CatchUp + 1 } },
        { "/misfireThreshold", Make.Cron("@daily") with { MisfireThreshold = TimeSpan.FromMilliseconds(999) } },
        { "/misfireThreshold", Make.Cron("@daily") with { MisfireThreshold = TimeSpan.FromHours(25) } },
        { "/jitter", Make.Cron("@daily") with { Jitter = TimeSpan.FromMinutes(61) } },
        { "/job/expiresIn", Make.Cron("@daily") with { Jitter = TimeSpan.FromMinutes(5), Job = Make.Definition().Job with { ExpiresIn = TimeSpan.FromMinutes(5) } } },
    };

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_wrong_field_is_named_by_its_pointer(string pointer, ScheduleDefinition definition) =>
        Assert.Equal(pointer, Assert.Throws<InvalidScheduleException>(() => ScheduleRules.Normalize(definition, null, Now)).Pointer);

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        ScheduleDefinition wrong = Make.Cron("0 25 * * *", "Europe/Berln") with { EndAt = Now, StartAt = Now, Jitter = TimeSpan.FromHours(2) };
        InvalidScheduleException error = Assert.Throws<InvalidScheduleException>(() => ScheduleRules.Normalize(wrong, null, Now));
        Assert.Equal(["/timeZone", "/cron", "/endAt", "/jitter"], error.Others.Select(o => o.Pointer).Prepend(error.Pointer));
        Assert.Equal(new CronPosition(2, 2), error.Others[0].Position);
        Assert.Contains("did you mean 'Europe/Berlin'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("berlin", "Europe/Berlin")]
    [InlineData("new york", "America/New_York")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    public void A_time_zone_that_is_nearly_right_is_suggested(string typed, string meant) =>
        Assert.Contains($"did you mean '{meant}'?", Assert.Throws<InvalidScheduleException>(() => TimeZones.Find(typed)).Message, StringComparison.Ordinal);

    [Fact]
    public void Jitter_stays_below_the_time_between_two_instants()
    {
        void Check(ScheduleDefinition definition) => ScheduleRules.CheckJitter(definition, ScheduleTimes.Of(definition), Now);
        foreach (ScheduleDefinition each in new[] { Make.Cron("*/5 * * * *"), Make.Cron("0,5 * * * *"), Make.Every(TimeSpan.FromMinutes(5), "2026-01-01T00:00:00Z") })
        {
            Check(each with { Jitter = TimeSpan.FromSeconds(299) });
            Assert.Equal("/jitter", Assert.Throws<InvalidScheduleException>(() => Check(each with { Jitter = TimeSpan.FromMinutes(5) })).Pointer);
        }

        Check(Make.Cron("@hourly") with { Jitter = TimeSpan.FromMinutes(59) });
    }

    [Fact]
    public void An_interval_without_a_start_keeps_the_one_it_has_so_that_repeating_a_PUT_changes_nothing()
    {
        ScheduleDefinition given = Make.Definition() with { Every = TimeSpan.FromHours(1) };
        ScheduleDefinition stored = ScheduleRules.Normalize(given, null, Now);
        Assert.Equal(Make.At("2026-03-01T12:00:00.123Z"), stored.StartAt);
        Assert.Equal(stored.StartAt, ScheduleRules.Normalize(given, stored, Now.AddDays(1)).StartAt);
    }

    [Fact]
    public void Instants_get_whole_milliseconds_of_UTC()
    {
        ScheduleDefinition stored = ScheduleRules.Normalize(Make.Cron("@daily", "Europe/Berlin") with { EndAt = Now.ToOffset(TimeSpan.FromHours(2)) }, null, Now);
        Assert.Equal((Make.At("2026-03-01T12:00:00.123Z"), TimeSpan.Zero), (stored.EndAt!.Value, stored.EndAt.Value.Offset));
    }

    [Fact]
    public void A_template_says_nothing_that_belongs_to_one_submit()
    {
        Submission job = Make.Definition().Job;
        ScheduleRules.CheckTemplate(job);
        Assert.Equal("/job/runAt", Assert.Throws<InvalidScheduleException>(() => ScheduleRules.CheckTemplate(job with { RunAt = Now })).Pointer);
        Assert.Equal("/job/idempotencyKey", Assert.Throws<InvalidScheduleException>(() => ScheduleRules.CheckTemplate(job with { IdempotencyKey = "k" })).Pointer);
    }
}

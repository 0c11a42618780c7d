using Ratchet.Grains.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

public class CronTextTests
{
    [Theory]
    [InlineData("0 25 * * *", 2, 2, "field 2 (hour), at character 3: Value must be a number between 0 and 23")]
    [InlineData("0 0 25 * * *", 3, 4, "field 3 (hour), at character 5")]
    [InlineData("61 0 0 * * *", 1, 0, "field 1 (second), at character 1")]
    [InlineData("1,2,70 * * * *", 1, 4, "field 1 (minute), at character 5")]
    [InlineData("*/0 * * * *", 1, 0, "between 1 and 59")]
    [InlineData("*   *\t 40 * *", 3, 7, "field 3 (day of month), at character 8")]
    [InlineData("* * * JAN,FOO *", 4, 10, "field 4 (month), at character 11")]
    [InlineData("* * * * MON#6", 5, 8, "field 5 (day of week)")]
    [InlineData("1, * * * *", 1, 2, "a value is missing")]
    [InlineData("H * * * *", 1, 0, "jitter")]
    [InlineData("99 99 * * *", 1, 0, "field 1")]
    [InlineData("* * * *", 5, 7, "has 4 fields")]
    [InlineData("", 1, 0, "has 0 fields")]
    [InlineData("  ", 1, 2, "has 0 fields")]
    [InlineData("* * * * * * *", 7, 12, "has 7 fields")]
    [InlineData(" @fortnightly", 1, 1, "known are @hourly, @daily, @weekly, @monthly, @yearly")]
    [InlineData("@every 5m", 1, 0, "known are")]
    public void A_mistake_is_named_with_its_field_and_offset(string cron, int field, int offset, string says)
    {
        InvalidScheduleException error = Assert.Throws<InvalidScheduleException>(() => CronText.Parse(cron));
        Assert.Equal(("/cron", new CronPosition(field, offset)), (error.Pointer, error.Position));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_over_the_limit_is_refused() =>
        Assert.Contains("256", Assert.Throws<InvalidScheduleException>(() => CronText.Parse(new string('*', 257))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("@hourly", "2026-01-01 00:00", "2026-01-01 01:00")]
    [InlineData("@Daily", "2026-01-01 00:00", "2026-01-02 00:00")]
    [InlineData("@weekly", "2026-01-04 00:00", "2026-01-11 00:00")]
    [InlineData("@monthly", "2026-01-01 00:00", "2026-02-01 00:00")]
    [InlineData("@yearly", "2026-01-01 00:00", "2027-01-01 00:00")]
    [InlineData("*/20 * * * * *", "2026-01-01 00:00", "2026-01-01 00:00:20")]
    [InlineData("0 12 L * *", "2026-01-31 12:00", "2026-02-28 12:00")]
    [InlineData("0 12 * * FRI#2", "2026-01-09 12:00", "2026-02-13 12:00")]
    [InlineData("0 9 15W * ?", "2026-01-15 09:00", "2026-02-16 09:00")]
    [InlineData("0 0 13 * FRI", "2026-02-13 00:00", "2026-03-13 00:00", "2026-11-13 00:00")]
    [InlineData("0 22-2 * * 7", "2026-01-04 00:00", "2026-01-04 01:00")]
    public void What_is_understood(string cron, params string[] expected) =>
        Assert.Equal(expected, Make.Next(Make.Cron(cron), "2025-12-31T23:59:59Z", expected.Length));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public void A_zone_that_is_not_in_the_database_is_refused(string zone)
    {
        Assert.Equal("Europe/Berlin", TimeZones.Find("Europe/Berlin").Id);
        Assert.Equal("/timeZone", Assert.Throws<InvalidScheduleException>(() => TimeZones.Find(zone)).Pointer);
    }
}

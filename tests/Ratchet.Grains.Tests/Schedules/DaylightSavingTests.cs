using Ratchet.Grains.Schedules;

namespace Ratchet.Grains.Tests.Schedules;

/// <summary>
/// Cron on the days when clocks change. In spring what falls into the gap fires at its end. In autumn what names single hours and minutes fires once, at the first of
/// the two; what has <c>*</c>, a range or a step among its hours or minutes goes on through both.
/// </summary>
public class DaylightSavingTests
{
    [Theory]
    // Europe/Berlin, spring 2026: at 01:00Z the clock goes from 02:00 to 03:00. A time in the gap, and the days around it.
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-03-28T00:00:00Z", "2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30")]
    [InlineData("Europe/Berlin", "*/30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29 01:00", "2026-03-30 00:00", "2026-03-30 00:30")]
    [InlineData("Europe/Berlin", "0 * * * *", "2026-03-28T23:30:00Z", "2026-03-29 00:00", "2026-03-29 01:00", "2026-03-29 02:00")]
    [InlineData("Europe/Berlin", "0 2-3 * * *", "2026-03-28T12:00:00Z", "2026-03-29 01:00", "2026-03-30 00:00", "2026-03-30 01:00")]
    // Europe/Berlin, autumn 2026: at 01:00Z the clock goes from 03:00 back to 02:00.
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-24T00:00:00Z", "2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30")]
    [InlineData("Europe/Berlin", "0,30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25 00:00", "2026-10-25 00:30", "2026-10-26 01:00")]
    [InlineData("Europe/Berlin", "*/30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 01:00", "2026-10-25 01:30", "2026-10-26 01:00")]
    [InlineData("Europe/Berlin", "15 1-3 * * *", "2026-10-24T12:00:00Z", "2026-10-24 23:15", "2026-10-25 00:15", "2026-10-25 01:15", "2026-10-25 02:15", "2026-10-26 00:15")]
    [InlineData("Europe/Berlin", "0 * * * *", "2026-10-24T23:30:00Z", "2026-10-25 00:00", "2026-10-25 01:00", "2026-10-25 02:00")]
    // America/New_York: spring 2026 at 07:00Z from 02:00 to 03:00, autumn 2026 at 06:00Z from 02:00 back to 01:00.
    [InlineData("America/New_York", "30 2 * * *", "2026-03-07T12:00:00Z", "2026-03-08 07:00", "2026-03-09 06:30")]
    [InlineData("America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z", "2026-11-01 05:30", "2026-11-02 06:30")]
    [InlineData("America/New_York", "30 * * * *", "2026-11-01T04:40:00Z", "2026-11-01 05:30", "2026-11-01 06:30", "2026-11-01 07:30")]
    [InlineData("America/New_York", "0 0 9 * * 7", "2026-03-07T12:00:00Z", "2026-03-08 13:00", "2026-03-15 13:00")]
    [InlineData("America/New_York", "@daily", "2026-10-31T12:00:00Z", "2026-11-01 04:00", "2026-11-02 05:00")]
    // Australia/Lord_Howe moves by half an hour: spring 2026-10-03T15:30Z from 02:00 to 02:30, autumn 2026-04-04T15:00Z from 02:00 back to 01:30.
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-02T12:00:00Z", "2026-10-02 15:45", "2026-10-03 15:30", "2026-10-04 15:15")]
    [InlineData("Australia/Lord_Howe", "*/15 2 * * *", "2026-10-03T12:00:00Z", "2026-10-03 15:30", "2026-10-03 15:45", "2026-10-04 15:00")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2026-04-03T12:00:00Z", "2026-04-03 14:45", "2026-04-04 14:45", "2026-04-05 15:15")]
    [InlineData("Australia/Lord_Howe", "*/15 1 * * *", "2026-04-04T12:00:00Z", "2026-04-04 14:00", "2026-04-04 14:15", "2026-04-04 14:30", "2026-04-04 14:45", "2026-04-04 15:00", "2026-04-04 15:15", "2026-04-05 14:30")]
    // Asia/Kathmandu is 5:45 ahead all the year.
    [InlineData("Asia/Kathmandu", "0 9 * * *", "2026-03-28T00:00:00Z", "2026-03-28 03:15", "2026-03-29 03:15", "2026-03-30 03:15")]
    [InlineData("Asia/Kathmandu", "0 9 * * *", "2026-10-24T12:00:00Z", "2026-10-25 03:15", "2026-10-26 03:15")]
    public void Instants(string zone, string cron, string after, params string[] expected) =>
        Assert.Equal(expected, Make.Next(Make.Cron(cron, zone), after, expected.Length));

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T20:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T20:00:00Z")]
    [InlineData("America/New_York", "2026-03-08T02:00:00Z")]
    [InlineData("America/New_York", "2026-11-01T02:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T11:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T11:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-04-04T11:00:00Z")]
    public void Backwards_are_the_same_instants_as_forwards(string zone, string from)
    {
        foreach (string cron in new[] { "30 2 * * *", "*/20 * * * *", "0 1,2 * * *", "15 1-3 * * *", "*/7 2 * * *", "30 */30 2 * * *", "45 1 * * *" })
        {
            ScheduleTimes times = ScheduleTimes.Of(Make.Cron(cron, zone));
            DateTimeOffset start = Make.At(from), end = start.AddHours(10);
            var forwards = new List<DateTimeOffset>();
            for (DateTimeOffset? at = times.Next(start); at <= end; at = times.Next(at.Value)) forwards.Add(at.Value);
            var backwards = new List<DateTimeOffset>();
            for (DateTimeOffset? at = times.Last(end); at > start; at = times.Last(at.Value.AddTicks(-1))) backwards.Add(at.Value);
            backwards.Reverse();
            Assert.Equal(forwards, backwards);
        }
    }
}

using System.Globalization;
using Ratchet.Grains.Schedules;
using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Tests.Schedules;

/// <summary>Definitions with all that does not matter to a test filled in.</summary>
internal static class Make
{
    public static ScheduleDefinition Cron(string cron, string zone = "UTC") => Definition() with { Cron = cron, TimeZone = zone };

    public static ScheduleDefinition Every(TimeSpan every, string start) => Definition() with { Every = every, StartAt = At(start) };

    public static ScheduleDefinition Definition(string id = "s") => new()
    {
        Id = id, Job = new Submission { Task = "addition", Input = """{"num1":1,"num2":2}"""u8.ToArray() },
    };

    /// <summary>An instant as RFC 3339 writes it.</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The next instants, as <c>yyyy-MM-dd HH:mm:ss</c> of UTC without a zero of seconds at the end.</summary>
    public static string[] Next(ScheduleDefinition definition, string after, int count)
    {
        ScheduleTimes times = ScheduleTimes.Of(definition);
        var found = new List<string>();
        for (DateTimeOffset? at = times.Next(At(after)); at is not null && found.Count < count; at = times.Next(at.Value)) found.Add(Text(at.Value));
        return [.. found];
    }

    public static string Text(DateTimeOffset at)
    {
        Assert.Equal(TimeSpan.Zero, at.Offset);
        return at.ToString(at.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}

using System.CommandLine;
using System.Text.Json;

namespace Ratchet.Cli.Schedules;

/// <summary>When a schedule fires, as options.</summary>
internal sealed class TimingOptions
{
    private readonly Option<string> cron = new("--cron") { Description = "Five fields, six with seconds first, or @hourly, @daily, @weekly, @monthly, @yearly.", HelpName = "EXPRESSION" };
    private readonly Option<string> zone = new("--time-zone") { Description = "The IANA time zone of --cron; UTC otherwise.", HelpName = "ZONE" };
    private readonly DurationOption every = new("--every", "An interval such as 30s, 5m or 2h, from --start.");
    private readonly InstantOption at = new("--at", "Once, at this time");
    private readonly InstantOption start = new("--start", "Nothing before this time; an interval counts from it");
    private readonly InstantOption end = new("--end", "Nothing at or after this time");

    public TimingOptions() => zone.Aliases.Add("--tz");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[cron, zone, every, at, start, end]) command.Add(option);
    }

    /// <summary>True when a timing was given: cron, an interval or one time.</summary>
    public bool Given(ParseResult parsed) => parsed.GetValue(cron) is not null || parsed.GetValue(every) is not null || parsed.GetValue(at) is not null;

    /// <summary>Writes the fields that were given.</summary>
    public void Write(Utf8JsonWriter json, ParseResult parsed)
    {
        if (parsed.GetValue(cron) is { } expression) json.WriteString("cron", expression);
        if (parsed.GetValue(zone) is { } name) json.WriteString("timeZone", name);
        if (every.Of(parsed) is { } interval) json.WriteNumber("everyMs", interval);
        foreach ((string field, InstantOption option) in new[] { ("at", at), ("startAt", start), ("endAt", end) })
        {
            if (option.Of(parsed) is { } time) json.WriteString(field, time.UtcDateTime);
        }
    }
}

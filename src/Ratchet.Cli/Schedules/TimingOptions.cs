using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;

namespace Ratchet.Cli.Schedules;

/// <summary>When a schedule fires, as options.</summary>
internal sealed class TimingOptions
{
    private readonly TextField cron = new("--cron", "cron", "Five fields, six with seconds first, or @hourly, @daily, @weekly, @monthly, @yearly.", "EXPRESSION");
    private readonly TextField zone = new("--time-zone", "timeZone", "The IANA time zone of --cron; UTC otherwise.", "ZONE");
    private readonly DurationField every = new("--every", "every", "An interval such as 30s, 5m or 2h, from --start.");
    private readonly TimeField at = new("--at", "at", "Once, at this time (ISO 8601; UTC when it names no offset).");
    private readonly TimeField start = new("--start", "startAt", "Nothing before this time; an interval counts from it.");
    private readonly TimeField end = new("--end", "endAt", "Nothing at or after this time.");

    public TimingOptions() => zone.Aliases.Add("--tz");

    private IBodyField[] Fields => [cron, zone, every, at, start, end];

    public IEnumerable<Option> All => Fields.Select(f => f.Option);

    public void AddTo(Command command)
    {
        foreach (IBodyField field in Fields) command.Add(field.Option);
    }

    /// <summary>True when a timing was given: cron, an interval or one time.</summary>
    public bool Given(ParseResult parsed) => parsed.GetValue(cron) is not null || parsed.GetValue(every) is not null || parsed.GetValue(at) is not null;

    /// <summary>Writes the fields that were given.</summary>
    public void Write(Utf8JsonWriter json, ParseResult parsed)
    {
        foreach (IBodyField field in Fields) field.Write(parsed, json);
    }
}

using System.CommandLine;
using System.Globalization;

namespace Ratchet.Cli.Schedules;

/// <summary>A point in time as ISO 8601 writes it; UTC when it names no offset.</summary>
internal sealed class InstantOption : Option<string>
{
    public InstantOption(string name, string description) : base(name)
    {
        Description = $"{description} (ISO 8601; UTC when it names no offset).";
        HelpName = "TIME";
        Validators.Add(result =>
        {
            if (!TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError($"{name} must be a time such as 2026-12-01T09:30:00Z.");
        });
    }

    public DateTimeOffset? Of(ParseResult parsed) => TryParse(parsed.GetValue(this), out DateTimeOffset time) ? time : null;

    private static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}

using System.CommandLine;
using System.Globalization;

namespace Ratchet.Cli.Schedules;

/// <summary>A length of time as a number and a unit: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>.</summary>
internal sealed class DurationOption : Option<string>
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    public DurationOption(string name, string description) : base(name)
    {
        Description = description;
        HelpName = "DURATION";
        Validators.Add(result =>
        {
            if (Parse(result.GetValueOrDefault<string>()) is null) result.AddError($"{name} must be a number with a unit: 500ms, 30s, 5m, 2h or 7d.");
        });
    }

    /// <summary>In milliseconds.</summary>
    public long? Of(ParseResult parsed) => Parse(parsed.GetValue(this));

    internal static long? Parse(string? text)
    {
        foreach ((string unit, double milliseconds) in Units)
        {
            if (text is null || !text.EndsWith(unit, StringComparison.Ordinal)) continue;
            bool known = double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
            if (known && count * milliseconds < 1e15) return (long)Math.Round(count * milliseconds);
        }

        return null;
    }
}

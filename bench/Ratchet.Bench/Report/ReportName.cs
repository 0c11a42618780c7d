using System.Globalization;
using System.Text.RegularExpressions;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Report;

/// <summary>A report's file name: date, machine class, and what makes the run less or more than the usual one.</summary>
public static partial class ReportName
{
    public static string Of(Machine machine, RunOptions options)
    {
        string date = machine.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string part = options.Only.Count > 0 ? $"-{string.Join('-', options.Only)}" : options.Large ? "-large" : "";
        string trial = options.Scale == 1 ? "" : "-trial";
        return $"{date}-{machine.Cores}-cores-{Slug(machine.Processor)}{part}{trial}.md";
    }

    private static string Slug(string text) => NotPlain().Replace(text.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotPlain();
}

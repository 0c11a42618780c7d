using System.Globalization;
using System.Text;

namespace Ratchet.Hostile.Tests.Suite;

/// <summary>The suite's results for people.</summary>
internal static class HostileTable
{
    private const int MostColumn = 44;

    public static string Of(IReadOnlyList<HostileResult> results, Aftermath aftermath)
    {
        var rows = new List<string[]> { new[] { "category", "script", "expected", "got", "time", "neighbours" } };
        rows.AddRange(results.Select(result => new[]
        {
            result.Script.Category,
            result.Script.Name,
            Short(result.Script.Expected.Text),
            Short(result.Got),
            string.Create(CultureInfo.InvariantCulture, $"{result.Time.TotalSeconds:0.00} s"),
            result.Problems.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"ok ({result.Neighbours})") : "DIFFERS",
        }));
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows) text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        text.AppendLine();
        foreach (HostileResult result in results) foreach (string problem in result.Problems) text.AppendLine(CultureInfo.InvariantCulture, $"{result.Script.Id}: {problem}");
        foreach (string line in aftermath.Lines) text.AppendLine(line);
        int differing = results.Count(result => result.Problems.Count > 0);
        text.AppendLine(CultureInfo.InvariantCulture, $"{results.Count} scripts, {differing} differ, {results.Sum(result => result.Neighbours)} innocent executions beside them; afterwards {(aftermath.Problems.Count == 0 ? "all is well" : string.Join("; ", aftermath.Problems))}");
        return text.ToString();
    }

    private static string Short(string text) => text.Length <= MostColumn ? text : $"{text[..(MostColumn - 3)]}...";
}

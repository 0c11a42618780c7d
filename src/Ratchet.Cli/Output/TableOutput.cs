using System.Text;
using Spectre.Console;

namespace Ratchet.Cli.Output;

/// <summary>
/// Tables on stdout: columns without lines, which read well and cut well (<c>| awk '{print $1}'</c>). A terminal gets what fits beside each other on it, and what does not is named on stderr; what is piped is whole.
/// </summary>
internal static class TableOutput
{
    /// <summary>Of a terminal that does not say.</summary>
    private const int UsualWidth = 80;

    public static void Write(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(CellText.OnOneLine).ToArray())];
        int[] widths = [.. columns.Select((column, i) => cells.Select(row => CellText.Width(row[i])).Append(CellText.Width(column.Title)).Max())];
        int[] given = TableLayout.Of(columns, widths, Room());
        bool coloured = Coloured();
        StringBuilder text = new();
        AppendRow(text, columns, given, [.. columns.Select(column => column.Title)], _ => coloured ? Sgr.Bold : null);
        foreach (string[] row in cells) AppendRow(text, columns, given, row, value => coloured ? Sgr.Of(value) : null);
        Console.Out.Write(text);
        string[] hidden = [.. columns.Where((_, i) => given[i] == 0).Select(column => column.Title)];
        if (hidden.Length > 0) Messages.Note($"no room here for {string.Join(", ", hidden)}; a wider terminal, '-o json' or a pipe has all");
    }

    /// <summary>One thing's fields, a line each; a value goes on below itself, and a word in it is never broken: it may be copied.</summary>
    public static void WriteFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        KeyValuePair<string, string>[] all = [.. fields.Select(field => KeyValuePair.Create(field.Key, Messages.Clean(field.Value)))];
        if (all.Length == 0) return;
        int indent = all.Max(field => CellText.Width(field.Key)) + TableLayout.Gap;
        int? room = Room() - indent;
        bool coloured = Coloured();
        StringBuilder text = new();
        foreach ((string name, string value) in all)
        {
            IEnumerable<string> lines = room is { } width ? CellText.Wrap(value, Math.Max(1, width), hard: false) : value.Split('\n');
            string before = Sgr.Around(name, coloured ? Sgr.Dim : null) + new string(' ', indent - CellText.Width(name));
            foreach (string line in lines)
            {
                text.Append(before).Append(Sgr.Around(line, coloured ? Sgr.Of(value) : null)).Append('\n');
                before = new string(' ', indent);
            }
        }

        Console.Out.Write(text);
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<Column> columns, int[] given, string[] row, Func<string, string?> style)
    {
        int[] shown = [.. Enumerable.Range(0, columns.Count).Where(i => given[i] > 0)];
        string[][] lines = [.. shown.Select(i => Lines(columns[i], row[i], given[i]))];
        for (int line = 0; line < lines.Max(cell => cell.Length); line++)
        {
            int pending = 0;
            for (int at = 0; at < shown.Length; at++)
            {
                string part = line < lines[at].Length ? lines[at][line] : "";
                // Only before something: a line has no spaces at its end.
                if (part.Length > 0) text.Append(' ', pending).Append(Sgr.Around(part, style(row[shown[at]])));
                pending = (part.Length > 0 ? 0 : pending) + given[shown[at]] - CellText.Width(part) + TableLayout.Gap;
            }

            text.Append('\n');
        }
    }

    private static string[] Lines(Column column, string value, int width) => column.Fit switch
    {
        Fit.Cut => [CellText.Cut(value, width)],
        Fit.Wrap => [.. CellText.Wrap(value, width, hard: true)],
        _ => [value],
    };

    private static int? Room() => Console.IsOutputRedirected ? null : Console.WindowWidth is > 0 and var width ? width : UsualWidth;

    private static bool Coloured() =>
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 } && AnsiConsole.Profile.Capabilities.Ansi;
}

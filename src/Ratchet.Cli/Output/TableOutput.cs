using Spectre.Console;

namespace Ratchet.Cli.Output;

/// <summary>Tables on stdout: columns without lines, which read well and cut well (<c>| awk '{print $1}'</c>).</summary>
internal static class TableOutput
{
    /// <summary>Wider than any row: what is piped is never wrapped.</summary>
    private const int PipedWidth = 10_000;
    private static readonly Padding Gap = new(0, 0, 2, 0);

    public static void Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.None };
        Style bold = new(decoration: Decoration.Bold);
        foreach (string column in columns) table.AddColumn(new TableColumn(new Text(column, bold)) { NoWrap = true, Padding = Gap });
        foreach (IReadOnlyList<string> row in rows) table.AddRow(row.Select(Cell));
        Open().Write(table);
    }

    /// <summary>One thing's fields, a line each.</summary>
    public static void WriteFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = Gap });
        grid.AddColumn();
        foreach ((string name, string value) in fields) grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), Cell(value));
        Open().Write(grid);
    }

    private static Text Cell(string value) => new(Messages.Clean(value), value switch
    {
        "COMPLETED" or "passed" => new Style(Color.Green),
        "FAILED" or "QUARANTINED" or "failed" => new Style(Color.Red),
        "RETRYING" or "CANCELLED" or "EXPIRED" or "LOST" => new Style(Color.Yellow),
        _ => Style.Plain,
    });

    private static IAnsiConsole Open()
    {
        bool plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        return console;
    }
}

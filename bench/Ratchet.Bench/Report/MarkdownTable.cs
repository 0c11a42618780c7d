using System.Text;

namespace Ratchet.Bench.Report;

/// <summary>A table whose text columns stand left and whose figures stand right.</summary>
/// <param name="columns">Headings; one that ends in <c>:</c> is of figures, and loses the colon.</param>
public sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendJoin(" | ", columns.Select(column => column.TrimEnd(':'))).Insert(0, "| ").Append(" |\n");
        text.Append('|').AppendJoin('|', columns.Select(column => column.EndsWith(':') ? "---:" : "---")).Append("|\n");
        foreach (string[] row in rows) text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        return text.ToString();
    }
}

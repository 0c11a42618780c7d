namespace Ratchet.Cli.Output;

/// <summary>Decides which columns of a table are shown, and how wide.</summary>
internal static class TableLayout
{
    /// <summary>Spaces between columns.</summary>
    public const int Gap = 2;

    /// <summary>A name of which less than this is left tells nothing.</summary>
    private const int LeastCut = 12;

    /// <summary>Prose in a narrower column has a word a line.</summary>
    private const int LeastWrap = 24;

    /// <param name="widths">What each column would need, with its title.</param>
    /// <param name="room">Columns of the terminal; null when nobody's terminal is written to.</param>
    /// <returns>A width a column, 0 for one that is left out. The column of the lowest rank is always there.</returns>
    public static int[] Of(IReadOnlyList<Column> columns, IReadOnlyList<int> widths, int? room)
    {
        if (room is not { } most) return [.. widths];
        int[] given = new int[columns.Count];
        int left = most + Gap;
        foreach (int i in Enumerable.Range(0, columns.Count).OrderBy(i => columns[i].Rank))
        {
            int least = Least(columns[i], widths[i]);
            // What matters less but needs less as well may still fit where this one does not.
            if (left < least + Gap && given.Any(width => width > 0)) continue;
            given[i] = least;
            left -= least + Gap;
        }

        Widen(columns, widths, given, left);
        return given;
    }

    /// <summary>What is left goes to those that were made narrow, first to the one that matters most.</summary>
    private static void Widen(IReadOnlyList<Column> columns, IReadOnlyList<int> widths, int[] given, int left)
    {
        foreach (int i in Enumerable.Range(0, columns.Count).Where(i => given[i] > 0).OrderBy(i => columns[i].Rank))
        {
            int more = Math.Clamp(widths[i] - given[i], 0, Math.Max(0, left));
            given[i] += more;
            left -= more;
        }
    }

    private static int Least(Column column, int width) => column.Fit switch
    {
        Fit.Cut => Math.Min(width, Math.Max(LeastCut, CellText.Width(column.Title))),
        Fit.Wrap => Math.Min(width, Math.Max(LeastWrap, CellText.Width(column.Title))),
        _ => width,
    };
}

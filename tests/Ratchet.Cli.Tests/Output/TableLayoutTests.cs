using Ratchet.Cli.Output;

namespace Ratchet.Cli.Tests.Output;

/// <summary>What gives way when a table is wider than the terminal.</summary>
public sealed class TableLayoutTests
{
    private static readonly Column[] Columns =
    [
        new("ID", 1), new("TASK", 3, Fit.Cut), new("STATE", 2), new("CREATED", 5), new("REASON", 4, Fit.Wrap),
    ];

    private static readonly int[] Widths = [36, 40, 9, 24, 90];

    [Theory]
    // Without the reason there is more room for the name.
    [InlineData(60, 36, 0, 9, 0, 0)]
    [InlineData(64, 36, 15, 9, 0, 0)]
    [InlineData(80, 36, 31, 9, 0, 0)]
    [InlineData(100, 36, 25, 9, 0, 24)]
    [InlineData(120, 36, 19, 9, 24, 24)]
    [InlineData(200, 36, 40, 9, 24, 83)]
    [InlineData(300, 36, 40, 9, 24, 90)]
    public void The_least_important_goes_first_and_what_is_whole_stays_whole(int room, params int[] widths) => Assert.Equal(widths, TableLayout.Of(Columns, Widths, room));

    [Fact]
    public void Nothing_is_left_out_or_narrowed_where_there_is_no_terminal() => Assert.Equal([36, 4000, 9, 24, 90_000], TableLayout.Of(Columns, [36, 4000, 9, 24, 90_000], null));

    [Fact]
    public void Every_row_fits_any_terminal_that_has_room_for_an_id()
    {
        for (int room = 36; room <= 250; room++)
        {
            int[] given = TableLayout.Of(Columns, Widths, room);
            Assert.InRange(given.Where(width => width > 0).Sum(width => width + TableLayout.Gap) - TableLayout.Gap, 36, room);
            for (int i = 0; i < given.Length; i++) Assert.True(given[i] == 0 || given[i] == Widths[i] || Columns[i].Fit != Fit.Whole, $"{Columns[i].Title} at {room}");
        }
    }

    [Theory]
    [InlineData("addition", 8, "addition")]
    [InlineData("addition", 7, "additi…")]
    [InlineData("日本語の名前", 7, "日本語…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    public void A_name_is_cut_at_its_end(string name, int width, string expected) => Assert.Equal(expected, CellText.Cut(name, width));

    [Theory]
    [InlineData("it cannot be read", 9, true, "it cannot", "be read")]
    [InlineData("see /a/long/path now", 8, true, "see", "/a/long/", "path now")]
    [InlineData("see /a/long/path now", 8, false, "see", "/a/long/path", "now")]
    [InlineData("one\ntwo", 20, true, "one", "two")]
    [InlineData("", 20, true, "")]
    public void Text_goes_on_below_itself(string text, int width, bool hard, params string[] lines) => Assert.Equal(lines, CellText.Wrap(text, width, hard));

    [Fact]
    public void A_cell_is_one_line_and_harmless() => Assert.Equal(@"a b c\u001b[2J", CellText.OnOneLine("a\r\nb\tc\u001b[2J"));
}

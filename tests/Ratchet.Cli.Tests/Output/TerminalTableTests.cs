using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Output;

/// <summary>Tables as they stand on terminals of some widths, and in a pipe.</summary>
public sealed class TerminalTableTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    private const string All = "ID TASK VERSION STATE QUEUE PRIORITY ATTEMPTS CREATED FINISHED";

    [Theory]
    [InlineData(60, "ID TASK STATE")]
    [InlineData(80, "ID TASK STATE ATTEMPTS FINISHED")]
    [InlineData(100, "ID TASK STATE ATTEMPTS CREATED")]
    [InlineData(120, "ID TASK STATE QUEUE ATTEMPTS CREATED FINISHED")]
    [InlineData(200, All)]
    public async Task Jobs_have_a_line_each_with_what_matters_most(int width, string columns)
    {
        string[] screen = await Terminal.RunAsync(width, "job", "list", "--server", server.Url);
        Assert.Equal(columns, string.Join(' ', Words(screen[0])));
        foreach ((string line, string state) in screen[1..3].Zip(["COMPLETED", "FAILED"]))
        {
            Assert.Equal(ServerStandIn.JobId, Words(line)[0]);
            Assert.Contains(state, Words(line));
            Assert.True(line.Length <= width, line);
        }

        string hidden = string.Join(", ", All.Split(' ').Except(columns.Split(' ')));
        Assert.Equal(hidden.Length > 0, string.Concat(screen[3..]).Contains($"no room here for {hidden}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Findings_keep_their_state_and_go_on_below(int width)
    {
        using TempFolder temp = new();
        string[] screen = await Terminal.RunAsync(width, "doctor", "--tasks", temp.Path, "--data", temp.Join("data"));
        Assert.Equal(["CHECK", "STATE", "DETAIL"], Words(screen[0]));
        int state = screen[0].IndexOf("STATE", StringComparison.Ordinal), detail = screen[0].IndexOf("DETAIL", StringComparison.Ordinal);
        Assert.All(screen, line => Assert.True(line.Length <= width, line));
        string[] rows = [.. screen[1..].Where(line => line[0] != ' ')];
        Assert.InRange(rows.Length, 16, 16);
        Assert.All(rows, row => Assert.Contains(row[state..(detail - 2)].Trim(), new[] { "ok", "warning", "failed" }));
        Assert.All(screen[1..].Except(rows), more => Assert.True(string.IsNullOrWhiteSpace(more[..detail]) && more[detail] != ' ', more));
    }

    [Fact]
    public async Task What_is_piped_has_every_column_whole()
    {
        RatchetResult result = await RatchetProcess.RunAsync("job", "list", "--server", server.Url);
        string[] lines = result.Output.Split('\n');
        Assert.Equal(All, string.Join(' ', Words(lines[0])));
        Assert.EndsWith("2026-11-23 15:17:06.123Z", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("no room", result.Error, StringComparison.Ordinal);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

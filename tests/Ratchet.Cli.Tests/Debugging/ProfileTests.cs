using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Debugging;

/// <summary><c>run-once --profile</c>.</summary>
public sealed class ProfileTests : IDisposable
{
    private const string Spin = "function main(input) { return { sum: spin(input.n) }; }\nfunction spin(n) {\n  let sum = 0;\n  for (let i = 0; i < n; i++) sum += Math.sqrt(i) % 3;\n  return sum;\n}";

    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_profile_names_where_the_time_went_as_the_author_counts()
    {
        string file = temp.Join("run.cpuprofile");
        RatchetResult result = await RunAsync(Spin, "--input-json", """{"n":100000000}""", "--profile", file);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"profile written to {file}\n", result.Error, StringComparison.Ordinal);

        JsonElement profile = JsonElement.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        JsonElement[] nodes = [.. profile.GetProperty("nodes").EnumerateArray()];
        JsonElement spin = Assert.Single(nodes, node => Name(node) == "spin");
        Assert.Equal((1, 13), Place(spin));
        Assert.InRange(spin.GetProperty("hitCount").GetInt32(), 10, int.MaxValue);
        Assert.Contains(spin.GetProperty("positionTicks").EnumerateArray(), tick => tick.GetProperty("line").GetInt32() == 4);

        // Line 1 stands behind the head of the function that main.js is compiled in.
        JsonElement main = Assert.Single(nodes, node => Name(node) == "main");
        Assert.Equal((0, 13), Place(main));
        Assert.Contains(spin.GetProperty("id").GetInt64(), main.GetProperty("children").EnumerateArray().Select(child => child.GetInt64()));

        // What the tools rely on: each sample is of a node, and has a time.
        HashSet<long> ids = [.. nodes.Select(node => node.GetProperty("id").GetInt64())];
        Assert.All(profile.GetProperty("samples").EnumerateArray(), sample => Assert.Contains(sample.GetInt64(), ids));
        Assert.Equal(profile.GetProperty("samples").GetArrayLength(), profile.GetProperty("timeDeltas").GetArrayLength());
        Assert.True(profile.GetProperty("endTime").GetInt64() > profile.GetProperty("startTime").GetInt64());
    }

    [Fact]
    public async Task A_run_that_fails_or_takes_too_long_has_a_profile_too()
    {
        string file = temp.Join("run.cpuprofile");
        RatchetResult failed = await RunAsync("async function main() { await null; throw new DataError('no'); }", "--input-json", """{"n":1}""", "--profile", file);
        failed.Fails(1, "error: DataError: no");
        Assert.True(File.Exists(file));
        File.Delete(file);
        RatchetResult late = await RunAsync("function main() { for (;;) {} }", "--input-json", """{"n":1}""", "--timeout", "0.3", "--profile", file);
        late.Fails(124, "error: Timeout: ");
        Assert.Contains(JsonElement.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).GetProperty("nodes").EnumerateArray(), node => Name(node) == "main");
    }

    private Task<RatchetResult> RunAsync(string code, params string[] args) =>
        RatchetProcess.RunAsync(["run-once", "--from-fs", new TaskFixture().With("main.js", code).WriteTo(temp.Join("task")), .. args]);

    private static string? Name(JsonElement node) =>
        node.GetProperty("callFrame").GetProperty("url").GetString() == "main.js" ? node.GetProperty("callFrame").GetProperty("functionName").GetString() : null;

    private static (int Line, int Column) Place(JsonElement node) =>
        (node.GetProperty("callFrame").GetProperty("lineNumber").GetInt32(), node.GetProperty("callFrame").GetProperty("columnNumber").GetInt32());
}

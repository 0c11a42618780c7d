using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Commands;

/// <summary>The whole way through a real sandbox process.</summary>
public sealed class RunOnceCommandTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_output_stands_alone_on_stdout()
    {
        RatchetResult result = await RunAsync(new TaskFixture().With("main.js", """
            function main(input) {
              console.log('doubling', input);
              return { doubled: input.n * 2, text: 'Größe "x"', list: [1, null] };
            }
            """), "--input-json", """{"n":21}""");
        result.Is(0, "{\"doubled\":42,\"text\":\"Größe \\\"x\\\"\",\"list\":[1,null]}\n");
        Assert.Matches(@"^\[info \+\d+\.\dms\] doubling \{ n: 21 \}\n$", result.Error);
    }

    [Fact]
    public async Task The_input_may_come_from_a_file_or_stdin()
    {
        string task = new TaskFixture().WriteTo(temp.Join("double"));
        File.WriteAllText(temp.Join("in.json"), """{"n":4}""");
        (await RatchetProcess.RunAsync("run-once", "--from-fs", task, "--input-file", temp.Join("in.json"))).Is(0, "{\"doubled\":8}\n");
        (await RatchetProcess.RunAsync(["run-once", "--from-fs", task, "--input-file", "-"], """{"n":5}""", [])).Is(0, "{\"doubled\":10}\n");
    }

    [Fact]
    public async Task A_zip_runs_as_its_folder_does()
    {
        (await RatchetProcess.RunAsync("run-once", "--from-fs", new TaskFixture().ZipTo(temp.Join("double.zip"), "double-main/"), "--input-json", """{"n":1}""")).Is(0, "{\"doubled\":2}\n");
    }

    [Fact]
    public async Task A_task_that_throws_is_exit_1_with_its_error_and_its_place()
    {
        RatchetResult result = await RunAsync(new TaskFixture().With("main.js", "function main(input) {\n  throw new DataError('no rows');\n}"), "--input-json", """{"n":1}""");
        result.Fails(1, "error: DataError: no rows\n    at main (main.js:2:9)\n");
    }

    [Fact]
    public async Task An_input_or_output_that_does_not_match_is_named()
    {
        (await RunAsync(new TaskFixture(), "--input-json", """{"n":"x"}""")).Fails(1, "error: InvalidInput: ");
        RatchetResult result = await RunAsync(new TaskFixture().With("output.schema.json", """{"properties":{"doubled":{"type":"string"}}}"""), "--input-json", """{"n":1}""");
        result.Fails(1, "error: InvalidOutput: ");
        Assert.Contains("\n  /doubled: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_runs_too_long_is_exit_124()
    {
        (await RunAsync(new TaskFixture().With("main.js", "function main() { for (;;) {} }"), "--input-json", """{"n":1}""", "--timeout", "0.2")).Fails(124, "error: Timeout: ");
    }

    [Fact]
    public async Task A_task_that_cannot_be_loaded_lists_its_problems()
    {
        (await RunAsync(new TaskFixture().With("metadata.json", "{").With("main.js", null))).Fails(1, "  metadata.json:1:2: is not valid JSON");
        (await RunAsync(new TaskFixture().With("main.js", "function main( {"), "--input-json", """{"n":1}""")).Fails(1, "main.js:1");
    }

    [Theory]
    [InlineData(3, "there is no task at '/nope'.", "--from-fs", "/nope")]
    [InlineData(2, "--input-json is not valid JSON at line 1, column 2", "--input-json", "{")]
    [InlineData(2, "--input-file /nope cannot be read", "--input-file", "/nope")]
    [InlineData(2, "--timeout must be from 0.001 to 86400 seconds.", "--timeout", "-1")]
    public async Task Mistakes_have_their_exit_codes(int exitCode, string message, params string[] args)
    {
        string[] from = args[0] == "--from-fs" ? [] : ["--from-fs", new TaskFixture().WriteTo(temp.Join("double"))];
        (await RatchetProcess.RunAsync(["run-once", .. from, .. args])).Fails(exitCode, message);
    }

    [Fact]
    public async Task A_signal_ends_it_and_its_sandbox()
    {
        await using HttpStandIn http = await HttpStandIn.StartAsync();
        string task = new TaskFixture().With("main.js", "async function main(input) { await fetch(input.url); return {}; }").With("input.schema.json", "true").WriteTo(temp.Join("waits"));
        using RatchetProcess ratchet = RatchetProcess.Start("run-once", "--from-fs", task, "--input-json", $$"""{"url":"{{http.Url}}/hold"}""", "--allow-network", "127.0.0.0/8");
        await http.Held.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        ratchet.Signal(RatchetProcess.Interrupt);
        RatchetResult result = await ratchet.EndAsync();
        result.Is(130, "");
        Assert.Equal("interrupted\n", result.Error);
    }

    private Task<RatchetResult> RunAsync(TaskFixture task, params string[] args) => RatchetProcess.RunAsync(["run-once", "--from-fs", task.WriteTo(temp.Join("double")), .. args]);
}

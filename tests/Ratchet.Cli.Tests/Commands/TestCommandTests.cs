using System.Text.Json;
using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Commands;

public sealed class TestCommandTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Passing_and_failing_tests_are_told_apart()
    {
        TaskFixture task = new TaskFixture()
            .With("tests/a-fail.json", """{"input":{"n":2},"expected_output":{"doubled":4.0}}""")
            .With("tests/b-wrong.json", """{"input":{"n":2},"expected_output":{"doubled":5,"more":[1]}}""")
            .With("tests/c-invalid.json", """{"input":{"n":"x"},"expected_error":{"name":"InvalidInput"}}""")
            .With("tests/d-no-error.json", """{"input":{"n":2},"expected_error":{"name":"DataError","message":"x"}}""");
        RatchetResult result = await RunAsync(task);
        Assert.Equal(1, result.ExitCode);
        string[] lines = result.Output.Split('\n');
        Assert.Equal(["TEST", "RESULT", "TIME"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("a-fail      passed", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("b-wrong     failed", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("c-invalid   passed", lines[3], StringComparison.Ordinal);
        Assert.Contains("b-wrong:\n  /doubled: expected 5, got 4\n  /more: expected [1], but it is missing\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("d-no-error:\n  expected DataError with \"x\" in its message, but it returned {\"doubled\":4}\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 2 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_chooses_and_json_is_for_machines()
    {
        TaskFixture task = new TaskFixture()
            .With("tests/one-two.json", """{"input":{"n":1},"expected_output":{"doubled":2}}""")
            .With("tests/three.json", """{"input":{"n":1},"expected_output":{"doubled":3}}""");
        RatchetResult result = await RunAsync(task, "--filter", "ONE*o", "-o", "json");
        Assert.Equal(0, result.ExitCode);
        JsonElement only = Assert.Single(JsonElement.Parse(result.Output).EnumerateArray());
        Assert.Equal(("one-two", "passed"), (only.GetProperty("test").GetString(), only.GetProperty("result").GetString()));
        (await RunAsync(task, "--filter", "four")).Fails(1, "none of the 2 tests matches 'four'.");
    }

    [Fact]
    public async Task No_tests_is_exit_1() => (await RunAsync(new TaskFixture())).Fails(1, "has no tests; a test is a file tests/NAME.json.");

    [Fact]
    public async Task Broken_tests_are_named_before_any_runs() =>
        (await RunAsync(new TaskFixture().With("tests/a.json", "{").With("tests/b.json", """{"input":{"n":1},"expected_output":{"doubled":2}}"""))).Fails(1, "  tests/a.json:1:2: is not valid JSON");

    [Fact]
    public async Task A_test_never_reaches_the_network()
    {
        await using HttpStandIn http = await HttpStandIn.StartAsync();
        TaskFixture task = new TaskFixture()
            .With("main.js", "function main(input) { return fetch(input.url).body; }").With("input.schema.json", "true")
            .With("tests/t.json", $$"""{"input":{"url":"{{http.Url}}/count"},"expected_error":{"name":"NetworkError","message":"/count goes unanswered"} }""");
        Assert.Equal(0, (await RunAsync(task)).ExitCode);
        Assert.Equal(0, http.Count);
    }

    [Fact]
    public async Task Validate_names_every_problem()
    {
        string task = new TaskFixture()
            .With("tests/a.json", "{")
            .With("main.js", "function main(input) {\n  return input +;\n}")
            .With("input.schema.json", """{"type":"nonsense"}""")
            .WriteTo(temp.Join("double"));
        RatchetResult result = await RatchetProcess.RunAsync("validate", "--from-fs", task);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("tests/a.json:1:2: is not valid JSON", result.Output, StringComparison.Ordinal);
        Assert.Contains("main.js:2:", result.Output, StringComparison.Ordinal);
        Assert.Contains("input.schema.json", result.Output, StringComparison.Ordinal);
        Assert.Contains($"error: {task} has ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_tells_programs_what_it_tells_people()
    {
        string broken = new TaskFixture().With("main.js", "function main(input) {\n  return input +;\n}").With("output.schema.json", """{"type":"nonsense"}""").WriteTo(temp.Join("double"));
        RatchetResult result = await RatchetProcess.RunAsync("validate", "--from-fs", broken, "-o", "json");
        Assert.Equal(1, result.ExitCode);
        JsonElement report = JsonElement.Parse(result.Output);
        Assert.False(report.GetProperty("valid").GetBoolean());
        JsonElement[] problems = [.. report.GetProperty("problems").EnumerateArray()];
        Assert.Contains(problems, p => p.GetProperty("file").GetString() == "main.js" && p.GetProperty("line").GetInt32() == 2 && p.GetProperty("message").GetString()!.Length > 0);
        Assert.Contains(problems, p => p.GetProperty("file").GetString() == "output.schema.json");

        RatchetResult good = await RatchetProcess.RunAsync("validate", "--from-fs", new TaskFixture().WriteTo(temp.Join("good")), "-o", "json");
        report = JsonElement.Parse(good.Output);
        Assert.Equal((0, true, 0), (good.ExitCode, report.GetProperty("valid").GetBoolean(), report.GetProperty("problems").GetArrayLength()));
        Assert.Equal("good", report.GetProperty("task").GetString());
    }

    [Fact]
    public async Task A_generated_task_is_valid_and_its_test_passes()
    {
        await RatchetProcess.RunAsync("generate", "task", "--path", temp.Join("hello"));
        (await RatchetProcess.RunAsync("validate", "--from-fs", temp.Join("hello"))).Is(0, "hello 1.0.0 is valid (1 test).\n");
        RatchetResult result = await RatchetProcess.RunAsync("test", "--from-fs", temp.Join("hello"));
        Assert.Equal((0, true), (result.ExitCode, result.Output.EndsWith("1 passed, 0 failed\n", StringComparison.Ordinal)));
        (await RatchetProcess.RunAsync("run-once", "--from-fs", temp.Join("hello"), "--input-json", """{"name":"Ada"}""")).Is(0, "{\"greeting\":\"Hello, Ada!\"}\n");
    }

    [Fact]
    public async Task Validate_holds_the_tests_inputs_against_the_schema()
    {
        string task = new TaskFixture()
            .With("tests/a.json", """{"input":{"n":"two"},"expected_output":{"doubled":4}}""")
            .With("tests/b.json", """{"input":{"n":"x"},"expected_error":{"name":"InvalidInput"}}""")
            .With("tests/c.json", """{"input":{"n":2},"expected_output":{"doubled":4}}""").WriteTo(temp.Join("inputs"));
        RatchetResult result = await RatchetProcess.RunAsync("validate", "--from-fs", task);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("tests/a.json: `input` at /n does not match the input schema: ", Assert.Single(result.Output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private Task<RatchetResult> RunAsync(TaskFixture task, params string[] args) => RatchetProcess.RunAsync(["test", "--from-fs", task.WriteTo(temp.Join("double")), .. args]);
}

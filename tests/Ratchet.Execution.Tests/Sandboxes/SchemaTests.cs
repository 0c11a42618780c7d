using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Inputs and outputs held against schemas, and schemas that are wrong themselves.</summary>
[Collection(PoolTests.Name)]
public sealed class SchemaTests(PoolFixture fixture)
{
    private const string Main = "function main(input) { return input; }";
    private const string Numbers = """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""";

    private Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> ValidateAsync(string schema, params string[] inputs) => fixture.Pool.ValidateInputsAsync(
        TestTasks.Package(Main, input: schema), [.. inputs.Select(input => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(input))], CancellationToken.None).WaitAsync(PoolFixture.Patience);

    [Fact]
    public async Task Inputs_are_validated_one_by_one()
    {
        IReadOnlyList<IReadOnlyList<SchemaError>?> results = await ValidateAsync(Numbers, """{"a":1,"b":2}""", """{"a":"x"}""", "[]", """{"a":1,"b":2,"c":3}""");
        Assert.Null(results[0]);
        Assert.Equal([new SchemaError("/a", "type", "must be number"), new SchemaError("", "required", "is missing the required property 'b'")], results[1]);
        Assert.Equal("type", Assert.Single(results[2]!).Keyword);
        Assert.Null(results[3]);
    }

    [Fact]
    public async Task A_thousand_inputs_of_a_hundred_schemas_are_validated()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async n =>
        {
            string[] inputs = [.. Enumerable.Range(0, 10).Select(i => $"{n + i}")];
            IReadOnlyList<IReadOnlyList<SchemaError>?> results = await ValidateAsync($$"""{"maximum":{{n + 4}}}""", inputs);
            Assert.Equal(Enumerable.Range(0, 10).Select(i => i <= 4), results.Select(result => result is null));
        }));
    }

    [Fact]
    public async Task A_pattern_that_never_ends_is_a_clear_error_of_the_input_that_met_it()
    {
        string hostile = $"\"{new string('a', 40)}b\"";
        Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> others = ValidateAsync(Numbers, """{"a":1,"b":2}""", "[]");
        IReadOnlyList<IReadOnlyList<SchemaError>?> results = await ValidateAsync("""{"pattern":"^(a+)+$"}""", "\"aaa\"", hostile, "\"b\"");
        Assert.Null(results[0]);
        Assert.Contains("took longer than 1 s", Assert.Single(results[1]!).Message, StringComparison.Ordinal);
        Assert.Equal("pattern", Assert.Single(results[2]!).Keyword);
        Assert.Equal([true, false], (await others).Select(result => result is null));
    }

    [Fact]
    public async Task An_input_that_gets_no_processor_time_is_not_refused_for_it()
    {
        var time = new FakeTimeProvider();
        await using SandboxPool pool = fixture.Create(PoolFixture.One, time);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage package = TestTasks.Package(Main, input: """{"pattern":"^(c+)+$"}""");
        await Validate("\"ccc\"");
        // Some hundredths of a second of processor time; the clock says seconds.
        Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> slow = Validate($"\"{new string('c', 20)}a\"");
        time.Advance(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("pattern", Assert.Single((await slow)[0]!).Keyword);

        Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> Validate(string input) =>
            pool.ValidateInputsAsync(package, [Encoding.UTF8.GetBytes(input)], CancellationToken.None).WaitAsync(PoolFixture.Patience);
    }

    [Fact]
    public async Task A_schema_that_held_up_others_once_does_not_do_so_again()
    {
        const string Hostile = """{"pattern":"^(b+)+$"}""";
        string slow = $"\"{new string('b', 40)}a\"";
        await ValidateAsync(Hostile, slow);
        await ValidateAsync(Numbers, "[]");
        Task again = ValidateAsync(Hostile, slow);
        await ValidateAsync(Numbers, "[]");
        Assert.False(again.IsCompleted, "The plain input waited for the hostile one.");
        await again;
    }

    [Fact]
    public async Task A_call_of_hostile_inputs_only_is_given_up()
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<IReadOnlyList<SchemaError>?> results = await ValidateAsync("""{"pattern":"^(a+)+$"}""", [.. Enumerable.Repeat($"\"{new string('a', 40)}b\"", 30)]);
        Assert.All(results, result => Assert.Single(result!));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task An_input_that_is_no_JSON_is_an_error_of_its_own()
    {
        IReadOnlyList<IReadOnlyList<SchemaError>?> results = await ValidateAsync(Numbers, "{", """{"a":1,"b":2}""");
        Assert.Contains("cannot be validated", Assert.Single(results[0]!).Message, StringComparison.Ordinal);
        Assert.Null(results[1]);
    }

    [Fact]
    public async Task A_run_validates_its_input_when_asked()
    {
        TaskPackage package = TestTasks.Package("function main(input) { return input.a + input.b; }", input: Numbers);
        Assert.Equal("3", (await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, """{"a":1,"b":2}""", validate: true))).Text());
        RunOutcome outcome = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, """{"a":1,"b":"2"}""", validate: true));
        Assert.Equal((FailureKind.InvalidInput, "The input at /b must be number."), (outcome.Failure!.Kind, outcome.Failure.Message));
        Assert.Equal("\"12\"", (await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, """{"a":1,"b":"2"}"""))).Text());
    }

    [Fact]
    public async Task A_hostile_output_pattern_is_a_timeout_of_the_run()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { return 'a'.repeat(40) + 'b'; }", output: """{"pattern":"^(a+)+$"}""", timeout: TimeSpan.FromMilliseconds(300));
        Assert.Equal(FailureKind.Timeout, outcome.Failure!.Kind);
        Assert.Equal("\"ok\"", (await fixture.RunAsync("function main() { return 'ok'; }")).Text());
    }

    [Fact]
    public async Task A_check_names_the_file_of_each_problem()
    {
        IReadOnlyList<TaskProblem> problems = await fixture.Pool.CheckAsync(TestTasks.Package("function main( {", output: """{"type":"nothing"}""", input: "{"), CancellationToken.None);
        Assert.Equal(["input.schema.json", "main.js", "output.schema.json"], problems.Select(problem => problem.File).Order());
        Assert.Empty(await fixture.Pool.CheckAsync(TestTasks.Package(Main, Numbers, Numbers), CancellationToken.None));
    }

    [Fact]
    public async Task A_check_ends_whatever_the_task_does()
    {
        await using SandboxPool pool = fixture.Create(new SandboxOptions { LoadTimeout = TimeSpan.FromMilliseconds(500) });
        Assert.Contains("was not loaded within 0.5 s", Assert.Single(await pool.CheckAsync(TestTasks.Package("for (;;) {}"), CancellationToken.None)).Message, StringComparison.Ordinal);
        TaskPackage bomb = TestTasks.Package("const a = new Array(1e8).fill(7);", execution: new TaskExecutionOptions { HeapMb = 32 });
        Assert.Contains("more memory", Assert.Single(await fixture.Pool.CheckAsync(bomb, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_whose_output_schema_is_wrong_is_a_configuration_error()
    {
        RunOutcome outcome = await fixture.RunAsync(Main, output: """{"type":"nothing"}""");
        Assert.Equal(FailureKind.ConfigurationError, outcome.Failure!.Kind);
        Assert.StartsWith("output.schema.json: ", outcome.Failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Each error has a pointer, and a pointer has the keys in it: fifty of half a MiB each are more than a frame takes, and the validator is everybody's.</summary>
    [Fact]
    public async Task Errors_at_very_long_keys_do_not_end_the_validator()
    {
        TaskPackage package = TestTasks.Package("function main() {}", input: """{"additionalProperties":{"items":{"type":"string"}}}""");
        string input = $$"""{"{{new string('k', 500_000)}}":[{{string.Join(',', Enumerable.Repeat("1", 60))}}]}""";
        IReadOnlyList<IReadOnlyList<SchemaError>?> errors = await fixture.Pool.ValidateInputsAsync(package, [System.Text.Encoding.UTF8.GetBytes(input), "{}"u8.ToArray()], TestContext.Current.CancellationToken).WaitAsync(PoolFixture.Patience);
        Assert.Equal("does not match the schema, in places whose names are too long to be told", Assert.Single(errors[0]!).Message);
        Assert.Null(errors[1]);
    }
}

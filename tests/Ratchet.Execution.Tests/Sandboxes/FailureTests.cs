using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>What is told of a task that throws or returns what it may not.</summary>
[Collection(PoolTests.Name)]
public sealed class FailureTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("AuthenticationError"), InlineData("AuthorizationError"), InlineData("NetworkError"), InlineData("ValidationError"), InlineData("ConfigurationError")]
    [InlineData("RateLimitError"), InlineData("ServiceUnavailableError"), InlineData("TimeoutError"), InlineData("DataError")]
    public async Task An_error_class_names_the_failure(string name)
    {
        RunOutcome outcome = await fixture.RunAsync($$"""
            function main() {
              const e = new {{name}}('no', { retryAfter: 7, cause: new TypeError('why') });
              if (!(e instanceof Error) || !(e instanceof {{name}}) || e.name !== '{{name}}') return 'wrong class';
              throw e;
            }
            """);
        Failure failure = outcome.Failure!;
        Assert.Equal((FailureKind.TaskError, name, "no"), (failure.Kind, failure.Name, failure.Message));
        Assert.Equal("""{"retryAfter":7,"cause":"TypeError: why"}""", failure.Details);
    }

    [Fact]
    public async Task HttpError_carries_its_status()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { throw new HttpError(503, 'down', { retryAfter: 2 }); }");
        Assert.Equal(("HttpError", "down", """{"status":503,"retryAfter":2}"""), (outcome.Failure!.Name, outcome.Failure.Message, outcome.Failure.Details));
    }

    [Fact]
    public async Task The_stack_names_lines_of_main_js_and_no_host_frames()
    {
        RunOutcome outcome = await fixture.RunAsync("function main(input) {\n  helper(input);\n}\nfunction helper() {\n  null.x;\n}");
        Assert.Equal("TypeError", outcome.Failure!.Name);
        Assert.Equal(
            """
            TypeError: Cannot read properties of null (reading 'x')
                at helper (main.js:5:8)
                at main (main.js:2:3)
            """, outcome.Failure.Stack, ignoreLineEndingDifferences: true);
        outcome = await fixture.RunAsync("function(input) { input.x.y(); }");
        Assert.Contains("(main.js:1:27)", outcome.Failure!.Stack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw 'text'", "a value that is not an Error: 'text'")]
    [InlineData("throw { code: 7 }", "a value that is not an Error: { code: 7 }")]
    [InlineData("throw undefined", "a value that is not an Error: undefined")]
    [InlineData("throw null", "a value that is not an Error: null")]
    [InlineData("return Promise.reject(5)", "a value that is not an Error: 5")]
    public async Task A_thrown_value_that_is_no_error_is_shown(string code, string message)
    {
        RunOutcome outcome = await fixture.RunAsync($"function main() {{ {code}; }}");
        Assert.Equal(FailureKind.TaskError, outcome.Failure!.Kind);
        Assert.Contains(message, outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_class_without_a_name_is_named_by_its_constructor()
    {
        RunOutcome outcome = await fixture.RunAsync("class Odd extends Error {}\nasync function main() { await null; throw new Odd('x'); }");
        Assert.Equal("Odd", outcome.Failure!.Name);
    }

    [Theory]
    [InlineData("const a = {}; a.a = a; return a", "contains itself")]
    [InlineData("return 1n", "BigInt")]
    [InlineData("return { x: 1n }", "BigInt")]
    [InlineData("return () => 1", "a function")]
    [InlineData("return Symbol('x')", "a symbol")]
    [InlineData("return { toJSON() { throw new Error('no') } }", "no")]
    [InlineData("let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a", "nested")]
    public async Task An_output_that_is_no_JSON_says_why(string code, string message)
    {
        foreach (string kind in new[] { "", "async " })
        {
            RunOutcome outcome = await fixture.RunAsync($"{kind}function main() {{ {code}; }}");
            Assert.Equal(FailureKind.InvalidOutput, outcome.Failure?.Kind);
            Assert.Contains(message, outcome.Failure!.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("return null", "null")]
    [InlineData("return { a: undefined, f() {}, d: new Date(0) }", """{"d":"1970-01-01T00:00:00.000Z"}""")]
    [InlineData("return '\u00e9\ud83d\ude00'", "\"\u00e9\ud83d\ude00\"")]
    public async Task An_output_is_what_JSON_makes_of_it(string code, string json)
    {
        Assert.Equal(json, (await fixture.RunAsync($"function main() {{ {code}; }}")).Text());
    }

    [Fact]
    public async Task An_output_that_does_not_match_its_schema_says_where()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { return { sum: 'x' }; }", output: TestTasks.Sum);
        Assert.Equal(FailureKind.InvalidOutput, outcome.Failure!.Kind);
        Assert.Equal("The output at /sum must be number.", outcome.Failure.Message);
        Assert.Equal("""[{"pointer":"/sum","keyword":"type","message":"must be number"}]""", outcome.Failure.Details);
    }

    [Fact]
    public async Task An_output_above_the_limit_is_refused()
    {
        RunOutcome outcome = await fixture.RunAsync($"function main() {{ return 'x'.repeat({Limits.OutputBytes}); }}");
        Assert.Equal(FailureKind.InvalidOutput, outcome.Failure!.Kind);
        Assert.Contains("larger", outcome.Failure.Message, StringComparison.Ordinal);
        outcome = await fixture.RunAsync($"function main() {{ return 'x'.repeat({Limits.OutputBytes - 2}); }}");
        Assert.Equal(Limits.OutputBytes, outcome.Output!.Length);
    }

    [Fact]
    public async Task Deep_recursion_is_a_RangeError()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { return main() + 1; }");
        Assert.Equal((FailureKind.TaskError, "RangeError"), (outcome.Failure!.Kind, outcome.Failure.Name));
        outcome = await fixture.RunAsync("async function main() { await null; const f = () => [f()].map(f); return f(); }");
        Assert.Equal((FailureKind.TaskError, "RangeError"), (outcome.Failure!.Kind, outcome.Failure.Name));
    }
}

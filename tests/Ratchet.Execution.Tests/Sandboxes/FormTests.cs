using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>The forms that a task's file may have.</summary>
[Collection(PoolTests.Name)]
public sealed class FormTests(PoolFixture fixture)
{
    public static TheoryData<string> Forms =>
    [
        "(function(input) { return input.a + input.b; })",
        "(function(input) { return input.a + input.b; });",
        "// adds\n(function(input) { return input.a + input.b; }); // the end",
        "/* adds\n */ (async function(input) { return input.a + input.b; });\n// the end\n",
        "(function main(input) { return input.a + input.b; })",
        "function(input) { return input.a + input.b; }",
        "// adds\nfunction(input) {\n  return input.a + input.b;\n}\n",
        "async function(input) { await null; return input.a + input.b; }",
        "function(input) { return input.a + input.b; }; // the end",
        "input => input.a + input.b",
        "({ a, b }) => a + b;",
        "async ({ a, b }) => { return a + b; }",
        "function main(input) { return input.a + input.b; }",
        "function main(input) { return add(input); }\nfunction add({ a, b }) { return a + b; }\nmain;",
        "'use strict';\nconst add = (a, b) => a + b;\nasync function main(input) { return add(input.a, input.b); }",
        "const main = input => input.a + input.b;",
        "const one = 1;\n(function(input) { return input.a + input.b * one; })",
        "const one = 1;\ninput => input.a + input.b * one;",
        "module.exports = { main(input) { return input.a + input.b; } };",
        "module.exports = input => input.a + input.b",
        "exports.main = async input => input.a + input.b;",
        "export default function (input) { return input.a + input.b; }",
        "export default async function add(input) { return input.a + input.b; }",
        "export default input => input.a + input.b;",
        "export default async input => input.a + input.b;",
        "const one = 1;\nexport function main(input) { return input.a + input.b * one; }",
        "export const main = async ({ a, b }) => a + b;",
        "class Adder { add({ a, b }) { return a + b; } }\nmodule.exports = new Adder().add;",
    ];

    [Theory, MemberData(nameof(Forms))]
    public async Task A_form_runs(string main)
    {
        RunOutcome outcome = await fixture.RunAsync(main, """{"a":1,"b":2}""");
        Assert.Equal("3", outcome.Text());
    }

    [Theory]
    [InlineData("function main(input) {\n  let x = ;\n}", 2, 11)]
    [InlineData("function(input) { let x = ; }", 1, 27)]
    [InlineData("(function(input) {\n  return input.;\n})", 2, 16)]
    [InlineData("export default function (input) {\n  return input.a +;\n}", 2, 19)]
    [InlineData("function main(input) { return 1 }}", 1, 34)]
    [InlineData("let a = 1;\nlet a = 2;\nfunction main() {}", 2, 5)]
    public async Task A_syntax_error_has_the_authors_position(string main, int line, int column)
    {
        IReadOnlyList<TaskProblem> problems = await fixture.Pool.CheckAsync(TestTasks.Package(main), TestContext.Current.CancellationToken);
        TaskProblem problem = Assert.Single(problems);
        Assert.Equal(("main.js", line, column), (problem.File, problem.Line, problem.Column));
        Assert.Contains("SyntaxError", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("const x = 1;")]
    [InlineData("")]
    [InlineData("export const x = 1;")]
    [InlineData("module.exports = { run() {} };")]
    public async Task A_file_without_a_function_says_so(string main)
    {
        RunOutcome outcome = await fixture.RunAsync(main);
        Assert.Equal(FailureKind.ConfigurationError, outcome.Failure!.Kind);
        Assert.Contains("no function", outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_level_code_that_throws_is_a_problem_with_its_place()
    {
        IReadOnlyList<TaskProblem> problems = await fixture.Pool.CheckAsync(
            TestTasks.Package("const x = null;\nx.y;\nfunction main() {}"), TestContext.Current.CancellationToken);
        TaskProblem problem = Assert.Single(problems);
        Assert.Equal(("main.js", 2, 3), (problem.File, problem.Line, problem.Column));
        Assert.Contains("TypeError", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_is_the_originals()
    {
        RunOutcome outcome = await fixture.RunAsync("function main(input, context) { return context; }");
        Assert.Equal(
            """{"executionId":"00000000-0000-7000-8000-00000000000e","jobId":"00000000-0000-7000-8000-00000000000a","attempt":2,"taskName":"a-task","taskVersion":"1.2.3"}""",
            outcome.Text());
        outcome = await fixture.RunAsync("function main(input) { return arguments[1].attempt; }");
        Assert.Equal("2", outcome.Text());
        outcome = await fixture.RunAsync("function main(input, { attempt } = {}) { return attempt; }");
        Assert.Equal("2", outcome.Text());
    }

    [Fact]
    public async Task A_module_cannot_import()
    {
        RunOutcome outcome = await fixture.RunAsync("import fs from 'fs';\nexport default () => 1;");
        Assert.Equal(FailureKind.ConfigurationError, outcome.Failure!.Kind);
    }
}

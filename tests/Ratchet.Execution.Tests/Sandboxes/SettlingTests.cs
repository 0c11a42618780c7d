using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Promises that nothing settles, and what else happens between a run's start and its end.</summary>
[Collection(PoolTests.Name)]
public sealed class SettlingTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("async function main() { await new Promise(() => {}); }")]
    [InlineData("function main() { return new Promise(() => {}); }")]
    [InlineData("async function main() { clearTimeout(setTimeout(() => {}, 60000)); await new Promise(() => {}); }")]
    [InlineData("async function main() { await new Promise(r => setTimeout(r, 5)); await new Promise(() => {}); }")]
    [InlineData("const top = new Promise(r => setTimeout(r, 1));\nasync function main() { await top; }")]
    public async Task A_promise_that_nothing_settles_is_told_at_once(string main)
    {
        // The timeout is longer than the test is patient.
        RunOutcome outcome = await fixture.RunAsync(main, timeout: TimeSpan.FromMinutes(10));
        Assert.Equal((FailureKind.TaskError, "UnsettledPromiseError"), (outcome.Failure!.Kind, outcome.Failure.Name));
        Assert.Equal("main returned a promise that nothing is going to settle: no fetch and no timer of it is under way.", outcome.Failure.Message);
        Assert.Equal(FailureKind.TaskError, (await fixture.RunAsync(main, timeout: TimeSpan.FromMinutes(10))).Failure!.Kind);
    }

    [Fact]
    public async Task A_run_may_wait_for_what_another_one_does()
    {
        string main = """
            let open, gate = new Promise(r => { open = r; });
            async function main(input) {
              if (input.first) { await new Promise(r => setTimeout(r, 50)); open('opened'); return 'first'; }
              return await gate;
            }
            """;
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        Task<RunOutcome> RunAsync(string input) => PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package(main), input));
        Task<RunOutcome> first = RunAsync("""{"first":true}""");
        Task<RunOutcome>[] others = [.. Enumerable.Range(0, 10).Select(_ => RunAsync("""{"first":false}"""))];
        Assert.Equal("\"first\"", (await first).Text());
        foreach (Task<RunOutcome> other in others) Assert.Equal("\"opened\"", (await other).Text());
    }

    [Fact]
    public async Task More_stuck_runs_than_may_wait_all_end()
    {
        string main = "async function main() { await new Promise(() => {}); }";
        RunOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => fixture.RunAsync(main, timeout: TimeSpan.FromMinutes(10))));
        Assert.All(outcomes, outcome => Assert.Equal("UnsettledPromiseError", outcome.Failure?.Name));
    }

    [Fact]
    public async Task An_interval_fires_until_it_is_cleared_or_its_run_ends()
    {
        string main = """
            async function main(input) {
              let count = 0;
              const last = await new Promise(resolve => {
                const id = setInterval((step, name) => { count += step; if (count === 6) { if (input.clear) input.clear === 'timeout' ? clearTimeout(id) : clearInterval(id); resolve(name); } }, 1, 2, 'tick');
              });
              await new Promise(r => setTimeout(r, 20));
              return input.clear ? [count, last] : count > 6;
            }
            """;
        Assert.Equal("""[6,"tick"]""", (await fixture.RunAsync(main, """{"clear":"interval"}""")).Text());
        Assert.Equal("""[6,"tick"]""", (await fixture.RunAsync(main, """{"clear":"timeout"}""")).Text());
        Assert.Equal("true", (await fixture.RunAsync(main)).Text());
    }

    [Fact]
    public async Task Timers_that_a_run_leaves_behind_do_not_count_for_the_next()
    {
        foreach (string kind in new[] { "", "async " })
        {
            string main = $"{kind}function main() {{ setTimeout(() => {{}}, 600000); setInterval(() => {{}}, 600000); return 1; }}";
            RunOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 1_200).Select(_ => fixture.RunAsync(main)));
            Assert.All(outcomes, outcome => Assert.Equal("1", outcome.Text()));
        }
    }

    [Theory]
    [InlineData("queueMicrotask(() => { throw new RangeError('late'); });")]
    [InlineData("setTimeout(() => { throw new RangeError('late'); }, 1);")]
    [InlineData("let i = setInterval(() => { throw new RangeError('late'); }, 1);")]
    public async Task An_error_in_a_callback_fails_the_run_that_set_it(string code)
    {
        RunOutcome outcome = await fixture.RunAsync($"async function main() {{\n  {code}\n  await new Promise(r => setTimeout(r, 60000));\n}}");
        Assert.Equal((FailureKind.TaskError, "RangeError", "late"), (outcome.Failure!.Kind, outcome.Failure.Name, outcome.Failure.Message));
        Assert.Contains("main.js:2:", outcome.Failure.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain("ratchet:", outcome.Failure.Stack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("async function main() {\n  await null;\n  await inner();\n}\nasync function inner() {\n  await null;\n  null.x;\n}", "main.js:7:8", "main.js:3:")]
    [InlineData("export default async function (input) {\n  await null;\n  throw new TypeError('x');\n}", "main.js:3:", "main.js:3:")]
    [InlineData("class A {\n  get b() {\n    return null.x;\n  }\n}\nfunction main() {\n  return new A().b;\n}", "main.js:3:17", "main.js:7:")]
    public async Task A_stack_names_the_lines_in_async_functions_modules_and_getters(string main, string thrown, string caller)
    {
        RunOutcome outcome = await fixture.RunAsync(main);
        Assert.Equal("TypeError", outcome.Failure!.Name);
        Assert.Contains(thrown, outcome.Failure.Stack, StringComparison.Ordinal);
        Assert.Contains(caller, outcome.Failure.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain("ratchet:", outcome.Failure.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain("V8ScriptEngine", outcome.Failure.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_getter_of_the_output_that_throws_shows_its_line()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() {\n  return { get a() {\n    throw new Error('no');\n  } };\n}");
        Assert.Equal(FailureKind.InvalidOutput, outcome.Failure!.Kind);
        Assert.Contains("main.js:3:", outcome.Failure.Stack, StringComparison.Ordinal);
    }
}

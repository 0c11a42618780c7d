using System.Diagnostics;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Scripts that do not end by themselves.</summary>
[Collection(PoolTests.Name)]
public sealed class DeadlineTests(PoolFixture fixture)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("function main() { while (true) {} }")]
    [InlineData("async function main() { await null; while (true) {} }")]
    [InlineData("async function main() { await new Promise(r => setTimeout(r, 5)); while (true) {} }")]
    [InlineData("function main() { try { while (true) {} } catch { while (true) {} } finally { while (true) {} } }")]
    [InlineData("function main() { return /^(a+)+$/.test('a'.repeat(60) + 'b'); }")]
    [InlineData("async function main() { for (;;) await null; }")]
    [InlineData("function main() { const f = () => Promise.resolve().then(f); return f(); }")]
    public async Task An_endless_script_ends_with_a_timeout(string main)
    {
        long started = Stopwatch.GetTimestamp();
        RunOutcome outcome = await fixture.RunAsync(main, timeout: Short);
        Assert.Equal((FailureKind.Timeout, "The task ran longer than its timeout of 300 ms."), (outcome.Failure!.Kind, outcome.Failure.Message));
        Assert.True(Stopwatch.GetElapsedTime(started) >= Short);
    }

    [Fact]
    public async Task After_a_timeout_the_same_task_runs_in_a_new_context()
    {
        string main = "let n = 0;\nfunction main(input) { n++; while (input.loop) {} return n; }";
        Assert.Equal("1", (await fixture.RunAsync(main, """{"loop":false}""")).Text());
        Assert.Equal(FailureKind.Timeout, (await fixture.RunAsync(main, """{"loop":true}""", timeout: Short)).Failure!.Kind);
        Assert.Equal("1", (await fixture.RunAsync(main, """{"loop":false}""")).Text());
    }

    [Fact]
    public async Task A_process_that_ignores_its_interrupt_is_killed_and_replaced()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One with { Grace = TimeSpan.FromMilliseconds(200) });
        await pool.StartAsync(TestContext.Current.CancellationToken);
        // One builtin call that V8 does not leave for an interrupt.
        string main = "function main(input) { if (input.stuck) { const a = []; a.length = 2 ** 32 - 1; return a.indexOf(1) + [].concat(a, a).length; } return 1; }";
        Task<RunOutcome> stuck = PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package(main), """{"stuck":true}""", Short));
        Task<RunOutcome>[] neighbours = [.. Enumerable.Range(0, 20).Select(_ => PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package(main))))];
        Assert.Equal(FailureKind.Timeout, (await stuck).Failure!.Kind);
        foreach (Task<RunOutcome> neighbour in neighbours) Assert.Equal("1", (await neighbour).Text());
    }

    [Fact]
    public async Task A_run_that_waits_for_a_timer_is_told_so()
    {
        RunOutcome outcome = await fixture.RunAsync("async function main() { await new Promise(r => setTimeout(r, 60000)); }", timeout: Short);
        Assert.Contains("waited for a fetch or a timer", outcome.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Async_runs_interleave_at_their_awaits()
    {
        string main = "async function main(input) { await new Promise(r => setTimeout(r, 300)); return input; }";
        await fixture.RunAsync(main, "0");
        long started = Stopwatch.GetTimestamp();
        RunOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => fixture.RunAsync(main, $"{i}")));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), outcomes.Select(outcome => outcome.Text()));
        // One after another they would take a minute.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"200 waits of 300 ms took {Stopwatch.GetElapsedTime(started)}");
    }

    [Fact]
    public async Task An_endless_loop_costs_the_async_neighbours_nothing()
    {
        string main = "async function main(input) { await new Promise(r => setTimeout(r, input.wait)); while (input.loop) {} return 'ok'; }";
        Task<RunOutcome>[] neighbours = [.. Enumerable.Range(0, 40).Select(_ => fixture.RunAsync(main, """{"wait":400}"""))];
        Task<RunOutcome> guilty = fixture.RunAsync(main, """{"wait":1,"loop":true}""", timeout: Short);
        Assert.Equal(FailureKind.Timeout, (await guilty).Failure!.Kind);
        foreach (Task<RunOutcome> neighbour in neighbours) Assert.Equal("\"ok\"", (await neighbour).Text());
    }

    [Fact]
    public async Task A_run_is_cancelled_whatever_it_does()
    {
        string[] mains =
        [
            "function main() { while (true) {} }",
            "async function main() { await new Promise(r => setTimeout(r, 60000)); }",
            "async function main() { await null; while (true) {} }",
        ];
        foreach (string main in mains)
        {
            using var cancel = new CancellationTokenSource();
            Task<RunOutcome> run = fixture.Pool.RunAsync(TestTasks.Request(TestTasks.Package(main)), cancel.Token);
            cancel.CancelAfter(TimeSpan.FromMilliseconds(200));
            RunOutcome outcome = await run.WaitAsync(PoolFixture.Patience);
            Assert.Equal(FailureKind.Cancelled, outcome.Failure!.Kind);
        }
    }

    [Fact]
    public async Task A_run_is_cancelled_before_it_begins()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        var package = TestTasks.Package("function main(input) { if (input.n) return input.n; while (true) {} }");
        Task<RunOutcome> first = pool.RunAsync(TestTasks.Request(package, timeout: TimeSpan.FromSeconds(2)), CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        Task<RunOutcome>[] behind = [.. Enumerable.Range(1, 10).Select(n => pool.RunAsync(TestTasks.Request(package, $$"""{"n":{{n}}}"""), n % 2 == 0 ? cancel.Token : CancellationToken.None))];
        await cancel.CancelAsync();
        Assert.Equal(FailureKind.Timeout, (await first.WaitAsync(PoolFixture.Patience)).Failure!.Kind);
        for (int n = 1; n <= 10; n++)
        {
            RunOutcome outcome = await behind[n - 1].WaitAsync(PoolFixture.Patience);
            if (n % 2 == 0) Assert.Equal(FailureKind.Cancelled, outcome.Failure!.Kind);
            else Assert.Equal($"{n}", outcome.Text());
        }
        Assert.Equal(0, pool.InFlight);
    }

    [Fact]
    public async Task Top_level_code_that_never_ends_is_a_timeout()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One with { LoadTimeout = Short });
        await pool.StartAsync(TestContext.Current.CancellationToken);
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package("while (true) {}\nfunction main() {}")));
        Assert.Equal(FailureKind.Timeout, outcome.Failure!.Kind);
        Assert.Contains("was not loaded within 300 ms", outcome.Failure.Message, StringComparison.Ordinal);
    }
}

using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>What one execution can leave behind for the next, and what it cannot.</summary>
[Collection(PoolTests.Name)]
public sealed class IsolationTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("Object.prototype.polluted = 1")]
    [InlineData("Array.prototype.push = () => 1")]
    [InlineData("JSON.parse = () => 1")]
    [InlineData("Object.defineProperty(Object.prototype, 'polluted', { value: 1 })")]
    [InlineData("globalThis.polluted = 1")]
    [InlineData("Promise.prototype.then = 1")]
    [InlineData("Object.getPrototypeOf(async function () {}).x = 1")]
    [InlineData("Object.getPrototypeOf([][Symbol.iterator]()).next = 1")]
    [InlineData("Object.setPrototypeOf(Array.prototype, null)")]
    [InlineData("console.log = 1")]
    [InlineData("NetworkError.prototype.name = 'x'")]
    [InlineData("(1).constructor.prototype.x = 1")]
    [InlineData("delete globalThis.JSON")]
    public async Task Nothing_is_left_in_a_warm_context(string attack)
    {
        string main = $$"""
            'use strict';
            const before = [Array.prototype.push, JSON.parse, Promise.prototype.then, Object.getPrototypeOf([][Symbol.iterator]()).next, console.log];
            function main(input) {
              if (input.attack) { try { {{attack}}; return 'done'; } catch (e) { return e.name; } }
              const now = [Array.prototype.push, JSON.parse, Promise.prototype.then, Object.getPrototypeOf([][Symbol.iterator]()).next, console.log];
              return ({}).polluted === undefined && now.every((f, i) => f === before[i]) && [1].concat(2).length === 2 && new NetworkError('').name === 'NetworkError';
            }
            """;
        Assert.Equal("\"TypeError\"", (await fixture.RunAsync(main, """{"attack":true}""")).Text());
        Assert.Equal("true", (await fixture.RunAsync(main, """{"attack":false}""")).Text());
    }

    [Fact]
    public async Task Ordinary_objects_can_still_be_assigned_what_their_prototypes_have()
    {
        RunOutcome outcome = await fixture.RunAsync("""
            'use strict';
            class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; this.message = m + '!'; } }
            function Old() {}
            Old.prototype.toString = function () { return 'old'; };
            Old.prototype.constructor = Old;
            function main() {
              const o = {};
              o.toString = () => 'mine'; o.constructor = 1; o.hasOwnProperty = 2; o.valueOf = () => 3;
              const f = function () {}; f.toString = () => 'f';
              const a = [1]; a.toString = () => 'a';
              const d = new Date(0); d.toJSON = () => 'd';
              const e = new MyError('x'); const e2 = new TypeError('y'); e2.name = 'Renamed'; e2.message = 'z';
              return [`${o}`, o.constructor, Object.keys(o).length, `${f}`, `${a}`, d, e.name, e.message, `${e2}`, `${new Old()}`, new Old().constructor === Old, `${{}}`];
            }
            """);
        Assert.Equal("""["mine",1,4,"f","a","d","MyError","x!","Renamed: z","old",true,"[object Object]"]""", outcome.Text());
    }

    [Fact]
    public async Task A_modules_own_state_lives_on_in_a_warm_context_and_not_in_a_fresh_one()
    {
        foreach (string main in new[] { "let n = 0;\nvar m = 0;\nfunction main() { m++; return ++n + m; }", "let n = 0, m = 0;\nexport default () => { m++; return ++n + m; };" })
        {
            RunOutcome[] warm = [await fixture.RunAsync(main), await fixture.RunAsync(main), await fixture.RunAsync(main)];
            Assert.Equal(["2", "4", "6"], warm.Select(outcome => outcome.Text()));
            var fresh = new TaskExecutionOptions { Context = ContextMode.Fresh };
            RunOutcome[] each = [await fixture.RunAsync(main, execution: fresh), await fixture.RunAsync(main, execution: fresh), await fixture.RunAsync(main, execution: fresh)];
            Assert.Equal(["2", "2", "2"], each.Select(outcome => outcome.Text()));
        }
    }

    [Fact]
    public async Task Fresh_contexts_run_async_tasks_side_by_side()
    {
        var fresh = new TaskExecutionOptions { Context = ContextMode.Fresh };
        string main = "let n = 0;\nasync function main(input) { n += input; await new Promise(r => setTimeout(r, 20)); return n; }";
        RunOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(1, 100).Select(i => fixture.RunAsync(main, $"{i}", execution: fresh)));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"{i}"), outcomes.Select(outcome => outcome.Text()));
    }

    [Fact]
    public async Task There_is_no_way_to_the_host()
    {
        RunOutcome outcome = await fixture.RunAsync("""
            function main() {
              return ['process', 'require', 'host', 'Deno', 'Bun', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'XMLHttpRequest', 'window', 'global', 'module', 'clr', 'lib', 'System', 'ratchetSchema', 'run', 'drop']
                .filter(name => name in globalThis);
            }
            """);
        Assert.Equal("[]", outcome.Text());
    }

    [Fact]
    public async Task A_context_is_replaced_after_its_runs()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One with { ContextRuns = 3 });
        await pool.StartAsync(TestContext.Current.CancellationToken);
        RunRequest request = TestTasks.Request(TestTasks.Package("let n = 0;\nfunction main() { return ++n; }"));
        var seen = new List<string>();
        for (int i = 0; i < 7; i++) seen.Add((await PoolFixture.RunAsync(pool, request)).Text());
        Assert.Equal(["1", "2", "3", "1", "2", "3", "1"], seen);
    }

    [Fact]
    public async Task Tenants_do_not_share_a_process()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage package = TestTasks.Package("let n = 0;\nfunction main() { return ++n; }");
        for (int i = 0; i < 3; i++)
        {
            HashSet<int> before = [.. pool.ProcessIds];
            Assert.Equal("1", (await PoolFixture.RunAsync(pool, TestTasks.Request(package, tenant: $"tenant-{i}"))).Text());
            if (i > 0) Assert.NotEmpty(pool.ProcessIds.Except(before));
        }
    }

    [Fact]
    public async Task An_error_does_not_cost_the_context()
    {
        string main = "let n = 0;\nfunction main() { n++; if (n === 1) throw new Error('x'); return n; }";
        Assert.Equal(FailureKind.TaskError, (await fixture.RunAsync(main)).Failure!.Kind);
        Assert.Equal("2", (await fixture.RunAsync(main)).Text());
    }
}

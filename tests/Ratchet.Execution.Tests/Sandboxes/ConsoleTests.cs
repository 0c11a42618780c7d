using System.Text;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>What tasks print; the expected texts are what Node 20 prints.</summary>
[Collection(PoolTests.Name)]
public sealed class ConsoleTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("'a', 1, true, null, undefined", "a 1 true null undefined")]
    [InlineData("-0, 10n, Symbol('s')", "-0 10n Symbol(s)")]
    [InlineData("{ a: 1, 'b-c': 'x', f() {}, [Symbol('k')]: [] }", "{ a: 1, 'b-c': 'x', f: [Function: f], [Symbol(k)]: [] }")]
    [InlineData("[1, 'two', [3, [4, [5]]]]", "[ 1, 'two', [ 3, [ 4, [Array] ] ] ]")]
    [InlineData("{ a: { b: { c: { d: 1 } } } }", "{ a: { b: { c: [Object] } } }")]
    [InlineData("[ , 1, , , ]", "[ <1 empty item>, 1, <2 empty items> ]")]
    [InlineData("new Map([['a', { b: 1 }]]), new Set([1, 'x'])", "Map(1) { 'a' => { b: 1 } } Set(2) { 1, 'x' }")]
    [InlineData("new Date(0), /x/g", "1970-01-01T00:00:00.000Z /x/g")]
    [InlineData("class A { constructor() { this.x = 1; } }", "[class A]")]
    [InlineData("new (class A { constructor() { this.x = 1; } })()", "A { x: 1 }")]
    [InlineData("Object.create(null)", "[Object: null prototype] {}")]
    [InlineData("{ get a() { return 1; }, set a(x) {}, get b() { return 2; } }", "{ a: [Getter/Setter], b: [Getter] }")]
    [InlineData("\"it's\", ['it\\'s']", "it's [ \"it's\" ]")]
    [InlineData("new Uint8Array([1, 2])", "Uint8Array(2) [ 1, 2 ]")]
    [InlineData("'%s is %d years and %i, %f, %j %O %%', 'Bob', 42.5, 42.5, 1.5, { a: 1 }, [1], 'more'", "Bob is 42.5 years and 42, 1.5, {\"a\":1} [ 1 ] % more")]
    [InlineData("'100%', 5", "100% 5")]
    public async Task A_value_is_shown_as_Node_shows_it(string arguments, string text)
    {
        RunOutcome outcome = await fixture.RunAsync($"function main() {{ console.log({arguments}); }}");
        Assert.Equal(text, Assert.Single(outcome.Log).Message);
    }

    [Fact]
    public async Task Cycles_are_marked()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { const a = { x: 1 }; a.self = a; console.log(a); }");
        Assert.Equal("<ref *1> { x: 1, self: [Circular *1] }", Assert.Single(outcome.Log).Message);
    }

    [Fact]
    public async Task An_error_is_shown_with_its_stack()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { console.error(new TypeError('x')); }");
        Assert.StartsWith("TypeError: x\n    at main (main.js:1:", Assert.Single(outcome.Log).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ratchet:", outcome.Log[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_and_order_are_kept()
    {
        RunOutcome outcome = await fixture.RunAsync("async function main() { console.debug(1); console.info(2); await null; console.warn(3); console.error(4); console.log(5); console.trace(6); }");
        Assert.Equal(["debug 1", "info 2", "warn 3", "error 4", "info 5", "debug 6"], outcome.Log.Select(entry => $"{entry.Level} {entry.Message}"));
        Assert.Equal(outcome.Log.OrderBy(entry => entry.Offset), outcome.Log);
    }

    [Fact]
    public async Task The_log_has_caps()
    {
        RunOutcome lines = await fixture.RunAsync("function main() { for (let i = 0; i < 5000; i++) console.log(i); return 1; }");
        Assert.Equal("1", lines.Text());
        Assert.Equal(Limits.LogLines + 1, lines.Log.Count);
        Assert.Contains("full", lines.Log[^1].Message, StringComparison.Ordinal);
        RunOutcome bytes = await fixture.RunAsync("function main() { for (let i = 0; i < 5000; i++) console.log('x'.repeat(10000)); return 1; }");
        Assert.InRange(bytes.Log.Sum(entry => Encoding.UTF8.GetByteCount(entry.Message)), Limits.LogBytes - 20_000, Limits.LogBytes + 100);
        Assert.Contains("full", bytes.Log[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_failed_runs_are_kept()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { console.log('before'); throw new Error('x'); }");
        Assert.Equal("before", Assert.Single(outcome.Log).Message);
    }
}

using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Promises that are rejected and that nothing handles.</summary>
[Collection(PoolTests.Name)]
public sealed class RejectionTests(PoolFixture fixture)
{
    [Theory]
    [InlineData("async function main() {\n  Promise.reject(new TypeError('lost'));\n  return 1;\n}")]
    [InlineData("function main() {\n  Promise.reject(new TypeError('lost'));\n  return 1;\n}")]
    [InlineData("function main() {\n  Promise.resolve().then(() => { throw new TypeError('lost'); }); return 1;\n}")]
    [InlineData("async function main() {\n  (async () => { await null; throw new TypeError('lost'); })(); await new Promise(r => setTimeout(r, 1));\n  return 1;\n}")]
    public async Task One_that_nothing_handles_fails_its_run_and_is_in_its_log(string mainJs)
    {
        RunOutcome outcome = await fixture.RunAsync(mainJs);
        Assert.Equal((FailureKind.TaskError, "TypeError", "Unhandled rejection: lost"), (outcome.Failure?.Kind, outcome.Failure?.Name, outcome.Failure?.Message));
        Assert.Contains("main.js:2:", outcome.Failure!.Stack, StringComparison.Ordinal);
        LogEntry line = Assert.Single(outcome.Log);
        Assert.Equal("error", line.Level);
        Assert.StartsWith("Unhandled rejection: TypeError: lost", line.Message, StringComparison.Ordinal);
        Assert.Contains("main.js:2:", line.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("async function main() { const p = Promise.reject(new Error('late')); await null; await new Promise(r => setTimeout(r, 1)); await p.catch(() => {}); return 1; }")]
    [InlineData("async function main() { const p = Promise.reject(new Error('late')); (async () => { await null; await null; await p.catch(() => {}); })(); return 1; }")]
    [InlineData("async function main() { await Promise.allSettled([Promise.reject(1), Promise.reject(2)]); await Promise.any([Promise.reject(3), 4]); return 1; }")]
    [InlineData("async function main() { await Promise.race([1, Promise.reject(new Error('lost the race'))]); return 1; }")]
    [InlineData("async function main() { try { await (async () => { throw 1; })(); } catch { } return 1; }")]
    [InlineData("async function main() { setTimeout(() => Promise.reject(new Error('after the end')), 5); return 1; }")]
    public async Task One_that_is_handled_before_the_run_has_ended_is_nobodys_business(string mainJs)
    {
        RunOutcome outcome = await fixture.RunAsync(mainJs);
        Assert.Equal("1", outcome.Text());
        Assert.Empty(outcome.Log);
    }

    [Fact]
    public async Task What_main_throws_is_the_failure_and_the_others_are_in_the_log()
    {
        RunOutcome outcome = await fixture.RunAsync("async function main() { Promise.reject(new TypeError('lost')); Promise.reject(7); throw new RangeError('mine'); }");
        Assert.Equal(("RangeError", "mine"), (outcome.Failure!.Name, outcome.Failure.Message));
        Assert.Equal(2, outcome.Log.Count);
        Assert.StartsWith("Unhandled rejection: TypeError: lost", outcome.Log[0].Message, StringComparison.Ordinal);
        Assert.Equal("Unhandled rejection: Error: The task threw a value that is not an Error: 7", outcome.Log[1].Message);
    }

    [Fact]
    public async Task What_should_have_settled_a_promise_is_in_the_log_when_it_failed()
    {
        RunOutcome outcome = await fixture.RunAsync("async function main() { return await new Promise(async resolve => { await null; resolve(null.x); }); }");
        Assert.Equal("UnsettledPromiseError", outcome.Failure!.Name);
        Assert.StartsWith("Unhandled rejection: TypeError: Cannot read properties of null", Assert.Single(outcome.Log).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_is_code_cannot_hold_up_its_process()
    {
        const string Endless = "async function main() { Promise.reject({ name: 'E', get message() { for (;;); } }); return 1; }";
        Assert.Equal(FailureKind.Timeout, (await fixture.RunAsync(Endless, timeout: TimeSpan.FromSeconds(1))).Failure!.Kind);
        Assert.Equal("2", (await fixture.RunAsync("function main() { return 2; }")).Text());
    }
}

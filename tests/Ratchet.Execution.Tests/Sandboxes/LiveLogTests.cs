using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>What a run says, while it goes on and when its process is killed.</summary>
public sealed class LiveLogTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private const string Talk = "async function main(input) { console.log('one'); console.warn('two'); await fetch('http://gate/'); console.error('three'); return 1; }";

    private static RunRequest Request(string code, Gate gate, RunLog log, string input = "{}") =>
        TestTasks.Request(TestTasks.Package(code), input, PoolFixture.Patience, fetch: gate) with { Log = log };

    private static Task<RunLogPart> ReadAsync(RunLog log, int from, int tries = 0) =>
        log.ReadAsync(tries, from, PoolFixture.Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Reads as a follower does, from a place on to the end.</summary>
    private static async Task<List<string>> FollowAsync(RunLog log, int from)
    {
        List<string> said = [];
        int tries = 0;
        while (true)
        {
            RunLogPart part = await ReadAsync(log, from, tries);
            (tries, from) = (part.Tries, part.From + part.Lines.Count);
            said.AddRange(part.Lines.Select(line => $"{line.Level} {line.Message}"));
            if (part.Ended) return said;
        }
    }

    [Fact]
    public async Task Who_watches_gets_lines_while_the_run_goes_on_and_who_comes_late_what_was_said_before()
    {
        var gate = new Gate();
        var log = new RunLog();
        Task<RunOutcome> run = PoolFixture.RunAsync(fixture.Pool, Request(Talk.Replace("await fetch('http://gate/')", "try { await fetch('http://gate/') } catch { }", StringComparison.Ordinal), gate, log));
        await gate.AskedAsync();
        RunLogPart first = await ReadAsync(log, 0);
        Assert.Equal(["info one", "warn two"], first.Lines.Select(line => $"{line.Level} {line.Message}"));
        Assert.False(first.Ended);
        Task<List<string>> goesOn = FollowAsync(log, 1), late = FollowAsync(log, 0);
        Assert.False(run.IsCompleted);
        gate.Open();
        Assert.Equal(["warn two", "error three"], await goesOn);
        Assert.Equal(["info one", "warn two", "error three"], await late);
        Assert.Equal(["one", "two", "three"], (await run).Log.Select(line => line.Message));
        Assert.Equal((await run).Log, (await ReadAsync(log, 0)).Lines);
    }

    [Fact]
    public async Task Nothing_is_sent_of_a_short_run_that_nobody_watches()
    {
        var gate = new Gate();
        var log = new RunLog();
        Task<RunOutcome> run = PoolFixture.RunAsync(fixture.Pool, Request(Talk, gate, log));
        await gate.AskedAsync();
        // What had been sent would have come before the call.
        Assert.Empty(log.Lines);
        gate.Open();
        Assert.Equal(["one", "two"], (await run).Log.Select(line => line.Message));
    }

    [Fact]
    public async Task Those_who_watch_a_flood_get_all_that_is_kept_in_order_however_slow_they_are()
    {
        var gate = new Gate();
        var log = new RunLog();
        const string Flood = "async function main() { for (let i = 0; i < 5000; i++) console.log(i, 'x'.repeat(200)); try { await fetch('http://gate/') } catch { } return 1; }";
        Task<RunOutcome> run = PoolFixture.RunAsync(fixture.Pool, Request(Flood, gate, log));
        await gate.AskedAsync();
        RunLogPart part = await ReadAsync(log, 0);
        Assert.InRange(part.Lines.Sum(line => line.Message.Length), 1, 64 << 10);
        gate.Open();
        RunOutcome outcome = await run;
        // One began before the end and goes on now; the other has read nothing until now.
        List<string> slow = [.. part.Lines.Select(line => $"{line.Level} {line.Message}"), .. await FollowAsync(log, part.Lines.Count)];
        Assert.Equal(outcome.Log.Select(line => $"{line.Level} {line.Message}"), slow);
        Assert.Equal(slow, await FollowAsync(log, 0));
        Assert.Equal(Limits.LogLines + 1, slow.Count);
    }

    [Fact]
    public async Task A_long_run_that_is_killed_keeps_what_it_said_though_nobody_watched()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        var gate = new Gate();
        var log = new RunLog();
        // One that tells of its start is not begun again.
        Task<RunOutcome> run = PoolFixture.RunAsync(pool, Request(Talk, gate, log) with { Started = () => { } });
        await gate.AskedAsync();
        await UntilAsync(() => log.Lines.Count == 2);
        Kill(pool);
        RunOutcome outcome = await run;
        Assert.Equal(FailureKind.WorkerLost, outcome.Failure!.Kind);
        Assert.Equal(["one", "two"], outcome.Log.Select(line => line.Message));
    }

    [Fact]
    public async Task A_run_that_does_not_heed_its_interrupt_keeps_what_it_said()
    {
        var time = new FakeTimeProvider();
        TimeSpan day = TimeSpan.FromDays(1);
        await using SandboxPool pool = fixture.Create(PoolFixture.One, time);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        var gate = new Gate();
        var log = new RunLog();
        // Native code that looks for an interrupt at its end only; the second call tells that it is about to begin.
        const string Sorting = "async function main() { console.log('before'); const big = new Array(3e7).fill(0).map((_, i) => -i); try { await fetch('http://gate/') } catch { } fetch('http://begins/').catch(() => { }); for (;;) big.sort(); }";
        TaskPackage package = TestTasks.Package(Sorting, execution: new TaskExecutionOptions { HeapMb = 1024 });
        Task<RunOutcome> run = PoolFixture.RunAsync(pool, TestTasks.Request(package, timeout: day, fetch: gate) with { Log = log });
        await gate.AskedAsync();
        // The process goes by its own clock in what it takes for a long run, so it is asked until it says it.
        await UntilAsync(() =>
        {
            time.Advance(LogFrame.Unasked);
            return log.Lines.Count == 1;
        });
        gate.Open();
        await gate.AskedAsync();
        time.Advance(day);
        // The grace begins when the caretaker has sent the interrupt.
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return run.IsCompleted;
        });
        RunOutcome outcome = await run;
        Assert.Equal(FailureKind.Timeout, outcome.Failure!.Kind);
        Assert.Equal("before", Assert.Single(outcome.Log).Message);
    }

    [Fact]
    public async Task The_log_of_a_run_that_begins_again_begins_again()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        var gate = new Gate();
        var log = new RunLog();
        Task<RunOutcome> run = PoolFixture.RunAsync(pool, Request(Talk, gate, log));
        await gate.AskedAsync();
        RunLogPart first = await ReadAsync(log, 0);
        Kill(pool);
        await gate.AskedAsync();
        RunLogPart again = await ReadAsync(log, first.Lines.Count, first.Tries);
        Assert.Equal((1, 2, 0), (first.Tries, again.Tries, again.From));
        Assert.Equal(["one", "two"], again.Lines.Select(line => line.Message));
        gate.Open();
        Assert.Equal(["one", "two"], (await run).Log.Select(line => line.Message));
    }

    [Fact]
    public void A_process_that_sends_more_than_a_log_may_have_is_refused()
    {
        LogLine[] lines = [.. Enumerable.Range(0, 10).Select(i => new LogLine(1, i, new string('x', 100)))];
        Assert.True(new RunLog().TryAdd(lines, default, 10, 1_000));
        // One more says that the log is full.
        Assert.True(new RunLog().TryAdd(lines, default, 9, 1_000));
        Assert.False(new RunLog().TryAdd(lines, default, 8, 1_000));
        Assert.False(new RunLog().TryAdd(lines, default, 10, 700));
        var log = new RunLog();
        Assert.True(log.TryAdd(lines, default, 15, 1_000_000));
        Assert.False(log.TryAdd(lines, default, 15, 1_000_000));
    }

    private static void Kill(SandboxPool pool)
    {
        using Process process = Process.GetProcessById(Assert.Single(pool.ServingProcesses));
        process.Kill();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(PoolFixture.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds()) await timer.WaitForNextTickAsync(late.Token);
    }
}

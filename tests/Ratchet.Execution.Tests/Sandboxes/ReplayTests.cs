using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>What is recorded of a run, and that it gives the same run again.</summary>
[Collection(PoolTests.Name)]
public sealed class ReplayTests(PoolFixture fixture) : IAsyncDisposable
{
    // Another task to the pool, so that no process has the recorded run's context any more.
    private static readonly TaskExecutionOptions Elsewhere = new() { HeapMb = 127 };
    private readonly LoopbackServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task<RunOutcome> RecordAsync(string mainJs, string input = "{}", RecordMode mode = RecordMode.Always, TimeSpan? timeout = null) =>
        PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package(mainJs), input, timeout) with { Record = mode });

    private Task<RunOutcome> ReplayAsync(string mainJs, RecordedRun recorded, string input = "{}", TimeSpan? timeout = null) =>
        PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package(mainJs, execution: Elsewhere), input, timeout, fetch: new ReplayFetchBroker(recorded.Exchanges)) with { Replay = recorded.Trace });

    private async Task<(RunOutcome First, RunOutcome Again)> TwiceAsync(string mainJs, string input = "{}", TimeSpan? timeout = null)
    {
        RunOutcome first = await RecordAsync(mainJs, input, timeout: timeout);
        RunOutcome again = await ReplayAsync(mainJs, first.Recorded!, input, timeout);
        return (first, again);
    }

    [Theory]
    [InlineData("function main() { return [Math.random(), Math.random(), Date.now(), new Date().toISOString(), Date().length > 10, performance.now()]; }")]
    [InlineData("const loadedAt = Date.now(), lot = Math.random(); function main() { return [loadedAt, lot, Math.random()]; }")]
    [InlineData("function main() { let n = 0; const from = Date.now(); while (Date.now() < from + 30) n++; return [n > 0, Date.now()]; }")]
    [InlineData("function main() { return [new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' }).format(), new Intl.DateTimeFormat('en', { fractionalSecondDigits: 3 }).formatToParts()]; }")]
    [InlineData("async function main() { const seen = []; const at = (ms, name) => new Promise(r => setTimeout(() => { seen.push(name, Math.random()); r(); }, ms)); const id = setTimeout(() => seen.push('never'), 1); clearTimeout(id); await Promise.all([at(20, 'b'), at(5, 'a')]); await at(1, 'c'); return [seen, id, Date.now()]; }")]
    [InlineData("async function main() { class Later extends Date { } const d = new Later(); await null; return [d instanceof Date, d.getTime(), new Date(5).getTime(), Date.UTC(2020, 1), Date.name, Date.length]; }")]
    [InlineData("function main() { return [crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(40))], Math.random(), crypto.randomUUID()]; }")]
    [InlineData("async function main() { const seen = []; await new Promise(r => { const id = setInterval(() => { seen.push(Date.now()); if (seen.length === 4) { clearInterval(id); r(); } }, 3); }); return seen; }")]
    public async Task A_replay_gives_the_same_output_to_the_bit(string mainJs)
    {
        (RunOutcome first, RunOutcome again) = await TwiceAsync(mainJs);
        Assert.NotNull(first.Output);
        Assert.Equal(first.Text(), again.Text());
        Assert.Null(again.Divergence);
    }

    [Fact]
    public async Task Calls_that_are_under_way_together_are_answered_in_the_recorded_order()
    {
        const string Race = """
            async function main(url) {
              const order = [];
              const ask = (path, name) => fetch(url + path).then(r => order.push(name + r.status));
              await Promise.all([ask('slow', 'slow'), ask('json', 'json'), ask('missing', 'missing'), new Promise(r => setTimeout(() => { order.push('timer'); r(); }, 15))]);
              return order;
            }
            """;
        (RunOutcome first, RunOutcome again) = await TwiceAsync(Race, $"\"{server.Url}\"");
        Assert.Equal(4, first.Recorded!.Exchanges.Count + 1);
        Assert.Equal((first.Text(), (string?)null), (again.Text(), again.Divergence?.Text));

        // The other way round, and it is followed as well.
        List<TraceEntry> calls = [.. first.Recorded.Trace!.Calls];
        int[] events = [.. Enumerable.Range(0, calls.Count).Where(i => calls[i].Kind is TraceKind.Reply or TraceKind.Timer)];
        TraceEntry[] turned = [.. events.Reverse().Select(i => calls[i])];
        for (int i = 0; i < events.Length; i++) calls[events[i]] = turned[i];
        RunOutcome reversed = await ReplayAsync(Race, first.Recorded with { Trace = first.Recorded.Trace with { Calls = calls } }, $"\"{server.Url}\"");
        string[] order = System.Text.Json.JsonSerializer.Deserialize<string[]>(first.Output)!;
        Assert.Equal(order.Reverse(), System.Text.Json.JsonSerializer.Deserialize<string[]>(reversed.Output));
    }

    [Fact]
    public async Task A_call_that_is_given_up_is_given_up_again()
    {
        const string GivesUp = """
            async function main(url) {
              const seen = [];
              await fetch(url + 'never', { signal: AbortSignal.timeout(30) }).catch(e => seen.push(e.name));
              const controller = new AbortController(), other = fetch(url + 'never', { signal: controller.signal }).catch(e => seen.push(e.name));
              const answer = await fetch(url + 'json');
              controller.abort();
              await other;
              return [seen, answer.body, Date.now()];
            }
            """;
        (RunOutcome first, RunOutcome again) = await TwiceAsync(GivesUp, $"\"{server.Url}\"");
        Assert.StartsWith("[[\"TimeoutError\",\"AbortError\"]", first.Text(), StringComparison.Ordinal);
        Assert.Equal((first.Text(), (string?)null), (again.Text(), again.Divergence?.Text));
    }

    [Fact]
    public async Task A_promise_that_nothing_settles_is_told_again()
    {
        (RunOutcome first, RunOutcome again) = await TwiceAsync("async function main() { await new Promise(r => setTimeout(r, 2)); await new Promise(() => {}); }");
        Assert.Equal("UnsettledPromiseError", first.Failure!.Name);
        Assert.Equal((first.Failure.Message, (string?)null), (again.Failure!.Message, again.Divergence?.Text));
    }

    [Fact]
    public async Task A_failure_is_the_same_failure_again()
    {
        const string Fails = "async function main(url) { const r = await fetch(url + 'missing'); if (!r.ok) throw new HttpError(r.status, `lot ${Math.random()} at ${Date.now()}`); }";
        (RunOutcome first, RunOutcome again) = await TwiceAsync(Fails, $"\"{server.Url}\"");
        Assert.Equal(FailureKind.TaskError, first.Failure!.Kind);
        Assert.Equal((first.Failure.Message, first.Failure.Stack), (again.Failure!.Message, again.Failure.Stack));
    }

    [Fact]
    public async Task Changed_code_goes_on_with_the_recorded_answers_and_its_first_difference_is_named()
    {
        const string Fails = "async function main(url) { const r = await fetch(url + 'missing'); throw new HttpError(r.status, 'gone'); }";
        RunOutcome first = await RecordAsync(Fails, $"\"{server.Url}\"");
        RunOutcome repaired = await ReplayAsync("async function main(url) { const r = await fetch(url + 'missing'); await new Promise(f => setTimeout(f, 60_000)); return r.ok ? 'found' : 'none'; }", first.Recorded!, $"\"{server.Url}\"");
        Assert.Equal("\"none\"", repaired.Text());
        Assert.Equal("At its call 3 the task sets a timer of 60000 ms, where the recorded run ended.", repaired.Divergence!.Text);
        Assert.Equal(1, repaired.Divergence.CallsBefore);
    }

    [Theory]
    [InlineData("function main() { Math.random(); return Date.now(); }", "At its call 1 the task asks for its first random number, where the recorded run reads the time.")]
    [InlineData("function main() { return 1; }", "At its call 1 the task ends, where the recorded run reads the time.")]
    [InlineData("function main() { Date.now(); Date.now(); Date.now(); return Date.now(); }", "At its call 4 the task reads the time, where the recorded run asks for its first random number.")]
    public async Task A_difference_is_said_with_its_place(string changed, string expected)
    {
        RunOutcome first = await RecordAsync("function main() { const at = Date.now(); while (Date.now() === at); return Math.random(); }");
        Assert.Equal([TraceKind.Time, TraceKind.Time, TraceKind.Seed], first.Recorded!.Trace!.Calls.Select(c => c.Kind));
        TraceEntry[] calls = [first.Recorded.Trace.Calls[0] with { Count = 2 }, .. first.Recorded.Trace.Calls.Skip(1)];
        RunOutcome again = await ReplayAsync(changed, first.Recorded with { Trace = first.Recorded.Trace with { Calls = calls } });
        Assert.Equal(expected, again.Divergence?.Text);
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_followed_to_where_it_was_stopped()
    {
        const string Waits = "async function main(url) { await fetch(url + 'json'); await new Promise(r => setTimeout(r, 3_600_000)); }";
        RunOutcome first = await RecordAsync(Waits, $"\"{server.Url}\"", RecordMode.OnFailure, TimeSpan.FromMilliseconds(700));
        Assert.Equal(FailureKind.Timeout, first.Failure!.Kind);
        RunOutcome again = await ReplayAsync(Waits, first.Recorded!, $"\"{server.Url}\"");
        Assert.True(again.RecordingEnded);
        Assert.Null(again.Divergence);
    }

    [Theory]
    // Its last call is recorded; after that it asks for more than the recorded run did, or goes on without asking for anything.
    [InlineData("async function main() { let n = 0; await new Promise(r => setTimeout(r, 1)); for (;;) n += Date.now() % 2; }", 20_000)]
    [InlineData("function main() { for (;;) performance.now(); }", 20_000)]
    [InlineData("function main() { Math.random(); for (;;); }", 1_000)]
    public async Task A_run_that_was_stopped_while_it_ran_stops_at_the_same_call(string mainJs, int replayMilliseconds)
    {
        RunOutcome first = await RecordAsync(mainJs, mode: RecordMode.OnFailure, timeout: TimeSpan.FromMilliseconds(150));
        Assert.Equal((FailureKind.Timeout, true), (first.Failure!.Kind, first.Recorded!.Complete));
        RunOutcome again = await ReplayAsync(mainJs, first.Recorded with { Trace = first.Recorded.Trace! with { Stopped = true } }, timeout: TimeSpan.FromMilliseconds(replayMilliseconds));
        Assert.Equal((true, (string?)null, FailureKind.Timeout), (again.RecordingEnded, again.Divergence?.Text, again.Failure!.Kind));
    }

    [Fact]
    public async Task A_repaired_loop_ends_where_the_recorded_one_was_stopped()
    {
        RunOutcome first = await RecordAsync("function main() { const at = Date.now(); for (;;); }", mode: RecordMode.OnFailure, timeout: TimeSpan.FromMilliseconds(150));
        RunOutcome again = await ReplayAsync("function main() { const at = Date.now(); return 'mended'; }", first.Recorded! with { Trace = first.Recorded!.Trace! with { Stopped = true } });
        Assert.Equal(("\"mended\"", "At its call 2 the task ends, where the recorded run was stopped."), (again.Text(), again.Divergence?.Text));
    }

    [Fact]
    public async Task A_call_that_a_replay_gives_up_at_once_was_made()
    {
        const string GivesUp = """
            async function main(url) {
              const controller = new AbortController();
              setTimeout(() => controller.abort(), 20);
              return await fetch(url + 'never', { signal: controller.signal }).catch(e => e.name);
            }
            """;
        string input = $"\"{server.Url}\"";
        RunOutcome first = await RecordAsync(GivesUp, input);
        for (int i = 0; i < 20; i++)
        {
            var broker = new ReplayFetchBroker(first.Recorded!.Exchanges);
            RunOutcome again = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package(GivesUp, execution: Elsewhere), input, fetch: broker) with { Replay = first.Recorded.Trace });
            Assert.Equal((first.Text(), (string?)null), (again.Text(), again.Divergence?.Text));
            Assert.Empty(broker.Unused);
        }
    }

    [Theory]
    [InlineData(RecordMode.Never, false, false)]
    [InlineData(RecordMode.OnFailure, false, true)]
    [InlineData(RecordMode.Always, true, true)]
    public async Task What_is_recorded_is_what_was_asked_for(RecordMode mode, bool completed, bool failed)
    {
        Assert.Equal(completed, (await RecordAsync("function main() { return Date.now(); }", mode: mode)).Recorded is not null);
        Assert.Equal(failed, (await RecordAsync("function main() { throw new Error(`at ${Date.now()}`); }", mode: mode)).Recorded is not null);
    }

    [Fact]
    public async Task What_is_lost_with_its_process_keeps_its_calls()
    {
        RunOutcome outcome = await RecordAsync("function main(url) { fetch(url + 'json'); const hog = []; while (true) hog.push(new Array(100_000).fill(hog.length)); }", $"\"{server.Url}\"", RecordMode.OnFailure, TimeSpan.FromSeconds(50));
        Assert.Equal(FailureKind.OutOfMemory, outcome.Failure!.Kind);
        Assert.Equal((null, false, 1), (outcome.Recorded!.Trace, outcome.Recorded.Complete, outcome.Recorded.Exchanges.Count));
    }

    [Fact]
    public async Task Random_numbers_of_runs_that_interleave_in_one_context_are_each_runs_own()
    {
        const string Interleaves = "async function main() { const a = Math.random(); await new Promise(r => setTimeout(r, 10)); return [a, Math.random()]; }";
        TaskPackage package = TestTasks.Package(Interleaves);
        RunOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package) with { Record = RecordMode.Always })));
        Assert.Equal(20, outcomes.Select(o => o.Text()).Distinct().Count());
        foreach (RunOutcome outcome in outcomes) Assert.Equal(outcome.Text(), (await ReplayAsync(Interleaves, outcome.Recorded!)).Text());
    }

    [Fact]
    public async Task Timers_are_numbered_by_run_and_no_run_clears_anothers()
    {
        const string Guess = "async function main(clear) { let fired = false; const id = setTimeout(() => { fired = true; }, 30); if (clear) { clearTimeout(1); clearTimeout(id); } await new Promise(r => setTimeout(r, 60)); return [id, fired]; }";
        TaskPackage package = TestTasks.Package(Guess);
        Task<RunOutcome> keeps = PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, "false"));
        Task<RunOutcome> clears = PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, "true"));
        Assert.Equal(("[1,true]", "[1,false]"), ((await keeps).Text(), (await clears).Text()));
    }

    [Fact]
    public async Task More_calls_than_are_kept_make_the_recording_incomplete_and_its_beginning_is_still_followed()
    {
        const string Many = "function main() { let sum = 0; for (let i = 0; i < 200_000; i++) { sum += Date.now() > 0 ? 1 : 0; performance.now(); clearTimeout(i); } return [sum, Math.random()]; }";
        (RunOutcome first, RunOutcome again) = await TwiceAsync(Many);
        Assert.Equal((false, false), (first.Recorded!.Complete, first.Recorded.Trace!.Complete));
        Assert.Null(again.Divergence);
    }

    [Fact]
    public async Task What_the_collector_does_cannot_be_seen()
    {
        Assert.Equal("""["undefined","undefined"]""", (await fixture.RunAsync("function main() { return [typeof WeakRef, typeof FinalizationRegistry]; }")).Text());
    }

    [Fact]
    public async Task Random_numbers_are_spread_evenly()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() { const bins = new Array(16).fill(0); for (let i = 0; i < 160_000; i++) { const x = Math.random(); if (!(x >= 0 && x < 1)) throw new Error(x); bins[Math.floor(x * 16)]++; } return bins; }");
        // 10,000 a bin with a standard deviation of 97: seven of them happen by chance once in 10^10 runs.
        Assert.All(System.Text.Json.JsonSerializer.Deserialize<int[]>(outcome.Output)!, bin => Assert.InRange(bin, 9_320, 10_680));
    }

    [Fact]
    public async Task A_recording_survives_its_document()
    {
        const string Calls = "const lot = Math.random(); async function main(url) { const r = await fetch(url + 'json'); setTimeout(() => {}, 9); return [lot, Math.random(), Date.now(), r.body]; }";
        string input = $"\"{server.Url}\"";
        RunOutcome first = await RecordAsync(Calls, input);
        byte[] packed = RecordingDocument.Pack(new Recording
        {
            Task = new TaskReference("a-task", "1.2.3", "digest"),
            Execution = Guid.CreateVersion7(),
            Attempt = 2,
            StartedAt = first.StartedAt,
            FinishedAt = first.FinishedAt,
            Timeout = TimeSpan.FromSeconds(20),
            Input = System.Text.Json.JsonElement.Parse(input),
            Output = System.Text.Json.JsonElement.Parse(first.Output!),
            Exchanges = first.Recorded!.Exchanges,
            Trace = first.Recorded.Trace,
        });
        using var unpacked = new MemoryStream();
        await using (var brotli = new System.IO.Compression.BrotliStream(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress)) await brotli.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        Recording read = RecordingDocument.Read(unpacked.ToArray(), "it");
        RunOutcome again = await ReplayAsync(Calls, new RecordedRun(read.Trace, read.Exchanges, read.Complete), input);
        Assert.Equal((first.Text(), (string?)null), (again.Text(), again.Divergence?.Text));
    }

    [Fact]
    public void A_document_that_is_none_is_refused_in_a_sentence()
    {
        foreach (string text in new[] { "{}", "[1]", "nonsense", """{"format":99,"input":1}""" })
            Assert.Throws<RatchetException>(() => RecordingDocument.Read(Encoding.UTF8.GetBytes(text), "it"));
    }
}

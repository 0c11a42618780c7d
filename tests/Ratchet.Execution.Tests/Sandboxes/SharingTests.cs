using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Runs of one context that wait for the same promise: what each does is its own, whoever lets it go on.</summary>
[Collection(PoolTests.Name)]
public sealed class SharingTests(PoolFixture fixture) : IAsyncLifetime
{
    /// <summary>One token for all, asked for once. Run 0 makes it; with <c>leave</c> it ends without it.</summary>
    private const string Token = """
        let token;
        const get = () => token ??= fetch('http://x/token').then(r => r.text());
        async function main({ n, leave }) {
          const mine = get();
          await fetch('http://x/here');
          if (leave) { await fetch('http://x/leave'); return 'left'; }
          const t = await mine;
          console.log('run ' + n);
          const r = await fetch('http://x/work');
          await new Promise(f => setTimeout(f, 1));
          console.log('end ' + n);
          return [n, t, r.status, Math.random()];
        }
        """;

    private readonly SandboxPool pool = fixture.Create(PoolFixture.One);
    private readonly HeldAnswers answers = new("/token", "/leave");

    public async ValueTask InitializeAsync() => await pool.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    private Task<RunOutcome> RunAsync(string mainJs, string input) =>
        PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package(mainJs), input, fetch: answers) with { Record = RecordMode.Always });

    private Task<RunOutcome>[] Others(string mainJs, int count) => [.. Enumerable.Range(1, count).Select(n => RunAsync(mainJs, $$"""{"n":{{n}}}"""))];

    private static string[] Asked(RunOutcome outcome) => [.. outcome.Recorded!.Exchanges.Select(e => new Uri(e.Request.Url).AbsolutePath)];

    private static async Task EachHasItsOwnAsync(Task<RunOutcome>[] runs)
    {
        RunOutcome[] outcomes = await Task.WhenAll(runs);
        for (int i = 0; i < outcomes.Length; i++)
        {
            int n = i + 1;
            Assert.StartsWith($"[{n},\"ok\",200,", outcomes[i].Text(), StringComparison.Ordinal);
            Assert.Equal([$"run {n}", $"end {n}"], outcomes[i].Log.Select(line => line.Message));
            Assert.Equal(["/here", "/work"], Asked(outcomes[i]));
            Assert.Equal([TraceKind.Fetch, TraceKind.Reply, TraceKind.Fetch, TraceKind.Reply, TraceKind.SetTimer, TraceKind.Timer, TraceKind.Seed], outcomes[i].Recorded!.Trace!.Calls.Select(call => call.Kind));
        }
        Assert.Equal(outcomes.Length, outcomes.Select(outcome => outcome.Text()).Distinct().Count());
    }

    [Fact]
    public async Task A_token_that_all_wait_for_leaves_each_its_own_log_calls_and_random_numbers()
    {
        Task<RunOutcome> maker = RunAsync(Token, """{"n":0}""");
        await answers.AskedAsync("/here");
        Task<RunOutcome>[] others = Others(Token, 12);
        await answers.AskedAsync("/here", 12);
        answers.Open("/token");
        Assert.Equal(["/token", "/here", "/work"], Asked(await maker));
        Assert.Equal(["run 0", "end 0"], (await maker).Log.Select(line => line.Message));
        await EachHasItsOwnAsync(others);
    }

    [Fact]
    public async Task A_call_goes_on_for_those_who_wait_when_the_run_that_made_it_has_ended()
    {
        Task<RunOutcome> maker = RunAsync(Token, """{"n":0,"leave":true}""");
        await answers.AskedAsync("/here");
        Task<RunOutcome>[] others = Others(Token, 6);
        await answers.AskedAsync("/here", 6);
        answers.Open("/leave");
        Assert.Equal("\"left\"", (await maker).Text());
        answers.Open("/token");
        await EachHasItsOwnAsync(others);
    }

    [Fact]
    public async Task A_call_goes_on_for_those_who_wait_when_the_run_that_made_it_was_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        Task<RunOutcome> maker = pool.RunAsync(TestTasks.Request(TestTasks.Package(Token), """{"n":0}""", fetch: answers), cancel.Token);
        await answers.AskedAsync("/here");
        Task<RunOutcome>[] others = Others(Token, 6);
        await answers.AskedAsync("/here", 6);
        await cancel.CancelAsync();
        Assert.Equal(FailureKind.Cancelled, (await maker.WaitAsync(PoolFixture.Patience, TestContext.Current.CancellationToken)).Failure!.Kind);
        answers.Open("/token");
        await EachHasItsOwnAsync(others);
    }

    [Fact]
    public async Task What_a_run_left_unanswered_is_in_no_later_runs_way()
    {
        const string Leaves = """
            let token, runs = 0;
            const get = () => token ??= fetch('http://x/token').then(r => r.text());
            async function main({ leave }) { runs++; if (leave) { get(); return runs; } return [await get(), runs]; }
            """;
        Assert.Equal("1", (await RunAsync(Leaves, """{"leave":true}""")).Text());
        Task<RunOutcome> next = RunAsync(Leaves, "{}");
        await answers.AskedAsync("/token", 2);
        answers.Open("/token");
        Assert.Equal("""["ok",1]""", (await next).Text());
    }

    [Fact]
    public async Task Code_of_a_run_that_has_ended_asks_for_nothing_and_says_why()
    {
        string chain = Token.Replace(".then(r => r.text())", ".then(r => { console.log('mine'); return fetch('http://x/second'); }).then(r => r.text())", StringComparison.Ordinal);
        Task<RunOutcome> maker = RunAsync(chain, """{"n":0,"leave":true}""");
        await answers.AskedAsync("/here");
        Task<RunOutcome> other = RunAsync(chain, """{"n":1}""");
        await answers.AskedAsync("/here");
        answers.Open("/leave");
        Assert.Equal("\"left\"", (await maker).Text());
        answers.Open("/token");
        RunOutcome outcome = await other;
        Assert.Equal(("NetworkError", "the execution that this code belongs to has ended: it makes no more requests"), (outcome.Failure!.Name, outcome.Failure.Message));
        Assert.Empty(outcome.Log);
        Assert.Equal(["/here"], Asked(outcome));
        // The token that could not be had is not kept for those who come.
        Assert.StartsWith("[2,\"ok\",200,", (await RunAsync(chain, """{"n":2}""")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_another_lets_go_on_is_itself_in_all_that_it_does()
    {
        const string Wakes = """
            const waiting = [];
            async function main({ n }) {
              if (n === 0) {
                const keep = fetch('http://x/leave');
                const by = await new Promise(r => { waiting.push(r); fetch('http://x/here'); });
                console.log('0 by ' + by);
                await fetch('http://x/work');
                queueMicrotask(() => console.log('0 still'));
                const fired = await new Promise(r => { const id = setTimeout(() => r(id), 1); });
                return [0, fired, await keep.then(r => r.status)];
              }
              for (const wake of waiting.splice(0)) wake(n);
              await null;
              console.log('1');
              return 1;
            }
            """;
        Task<RunOutcome> sleeper = RunAsync(Wakes, """{"n":0}""");
        await answers.AskedAsync("/here");
        RunOutcome waker = await RunAsync(Wakes, """{"n":1}""");
        answers.Open("/leave");
        Assert.Equal("[0,1,200]", (await sleeper).Text());
        Assert.Equal(["0 by 1", "0 still"], (await sleeper).Log.Select(line => line.Message));
        Assert.Equal(["/leave", "/here", "/work"], Asked(await sleeper));
        Assert.Equal(["1"], waker.Log.Select(line => line.Message));
        Assert.Empty(waker.Recorded!.Exchanges);
    }
}

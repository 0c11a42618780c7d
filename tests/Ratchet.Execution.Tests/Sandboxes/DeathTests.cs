using System.Diagnostics;
using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Processes that end under their runs. Only the guilty run hears of it.</summary>
public sealed class DeathTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    /// <summary>V8 spends long on a heap that is nearly full before it gives up; its timeout must not come first.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(55);
    private static readonly TaskExecutionOptions SmallHeap = new() { HeapMb = 32 };

    public static TheoryData<string> Bombs =>
    [
        "new Array(1e8).fill(7)",
        "const a = []; for (;;) a.push(new Array(5_000).fill(a.length));",
        "let s = 'x'; const a = []; for (;;) { s = s + s.length; a.push(s.split('')); }",
        "const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1));",
    ];

    [Theory, MemberData(nameof(Bombs))]
    public async Task A_memory_bomb_gets_OutOfMemory_while_its_neighbours_complete(string bomb)
    {
        TaskPackage package = TestTasks.Package($"function main(input) {{ if (input.bomb) {{ {bomb} }} return input.n; }}", execution: SmallHeap);
        List<Task<RunOutcome>> neighbours = [];
        Task<RunOutcome>? guilty = null;
        for (int n = 0; n < 100; n++)
        {
            neighbours.Add(PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, $$"""{"n":{{n}}}""")));
            if (n == 50) guilty = PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, """{"bomb":true}""", Long));
        }
        for (int n = 0; n < 100; n++) Assert.Equal($"{n}", (await neighbours[n]).Text());
        RunOutcome outcome = await guilty!;
        // Typed arrays have a limit of their own that the script is told of.
        if (bomb.Contains("Uint8Array", StringComparison.Ordinal)) Assert.Equal("RangeError", outcome.Failure!.Name);
        else Assert.Equal(FailureKind.OutOfMemory, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task An_async_memory_bomb_is_found_among_those_that_wait()
    {
        TaskPackage package = TestTasks.Package(
            "async function main(input) { await new Promise(r => setTimeout(r, 50)); const a = []; while (input.bomb) a.push(new Array(5_000).fill(a.length)); return input.n; }", execution: SmallHeap);
        Task<RunOutcome>[] neighbours = [.. Enumerable.Range(0, 30).Select(n => PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, $$"""{"n":{{n}}}""")))];
        Task<RunOutcome> guilty = PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, """{"bomb":true}""", Long));
        for (int n = 0; n < 30; n++) Assert.Equal($"{n}", (await neighbours[n]).Text());
        Assert.Equal(FailureKind.OutOfMemory, (await guilty).Failure!.Kind);
    }

    /// <summary>V8 collects such a heap ever more often: by whom it is ended, V8 or its timeout, depends on how fast the machine is.</summary>
    [Fact]
    public async Task A_heap_that_fills_in_small_steps_is_OutOfMemory_also_when_its_time_is_over_first()
    {
        TaskPackage package = TestTasks.Package("function main() { const a = []; for (;;) a.push([a.length, String(a.length)]); }", execution: SmallHeap);
        RunOutcome outcome = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(package, timeout: TimeSpan.FromSeconds(15)));
        Assert.Equal(FailureKind.OutOfMemory, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task What_a_task_has_left_behind_in_a_process_ends_no_other_tasks_runs()
    {
        // It has for itself what the first leaves in its process, and not a heap more.
        await using SandboxPool pool = fixture.Create(PoolFixture.One with { MemoryAllowanceMb = 64 });
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage large = TestTasks.Package("const kept = []; function main(input) { while (kept.length < 100) kept.push(new Uint8Array(1 << 20).fill(1)); return input.n; }", execution: new TaskExecutionOptions { HeapMb = 1024 });
        Assert.Equal("1", (await PoolFixture.RunAsync(pool, TestTasks.Request(large, """{"n":1}"""))).Text());
        TaskPackage small = TestTasks.Package("function main(input) { return input.n; }", execution: new TaskExecutionOptions { HeapMb = 100 });
        Assert.Equal("2", (await PoolFixture.RunAsync(pool, TestTasks.Request(small, """{"n":2}"""))).Text());
    }

    [Fact]
    public async Task A_task_that_uses_up_memory_while_it_is_loaded_says_so()
    {
        RunOutcome outcome = await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package("const a = new Array(1e8).fill(7);\nfunction main() {}", execution: SmallHeap)));
        Assert.Equal(FailureKind.OutOfMemory, outcome.Failure!.Kind);
        Assert.Contains("while it was loaded", outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_of_a_process_that_somebody_kills_are_run_again()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage package = TestTasks.Package("function main(input) { const until = Date.now() + 2; while (Date.now() < until); return input; }");
        Assert.Equal("0", (await PoolFixture.RunAsync(pool, TestTasks.Request(package, "0"))).Text());
        Task<RunOutcome>[] runs = [.. Enumerable.Range(0, 200).Select(n => PoolFixture.RunAsync(pool, TestTasks.Request(package, $"{n}")))];
        await runs[5];
        // Our own child: its id comes from the pool that started it.
        foreach (int id in pool.ProcessIds)
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
        }
        for (int n = 0; n < runs.Length; n++) Assert.Equal($"{n}", (await runs[n]).Text());
    }

    [Fact]
    public async Task A_run_that_is_alone_each_time_its_process_ends_is_WorkerLost()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage package = TestTasks.Package("async function main() { await fetch('http://127.0.0.1:9/'); }");
        // The broker is told when the script runs; whoever asks for a page gets its process ended.
        var killer = new KillingBroker(pool);
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(package, fetch: killer));
        Assert.Equal(FailureKind.WorkerLost, outcome.Failure!.Kind);
        Assert.Equal(2, killer.Calls);
    }

    [Fact]
    public async Task A_run_whose_start_is_counted_begins_once()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage package = TestTasks.Package("async function main() { await fetch('http://127.0.0.1:9/'); }");
        int starts = 0;
        var killer = new KillingBroker(pool);
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(package, fetch: killer) with { Started = () => Interlocked.Increment(ref starts) });
        Assert.Equal((FailureKind.WorkerLost, 1, 1), (outcome.Failure!.Kind, killer.Calls, starts));
    }

    [Fact]
    public async Task The_start_that_is_told_is_never_before_the_one_that_is_recorded()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        TaskPackage package = TestTasks.Package("function main(input) { const until = Date.now() + 5; while (Date.now() < until); return input; }");
        var told = new DateTimeOffset[40];
        Task<RunOutcome>[] runs = [.. told.Select((_, n) =>
            PoolFixture.RunAsync(pool, TestTasks.Request(package, $"{n}") with { Started = () => told[n] = TimeProvider.System.GetUtcNow() }))];
        RunOutcome[] outcomes = await Task.WhenAll(runs);
        for (int n = 0; n < told.Length; n++) Assert.True(outcomes[n].StartedAt <= told[n] && told[n] <= outcomes[n].FinishedAt.AddSeconds(1), $"run {n}: {outcomes[n].StartedAt:O}, told {told[n]:O}");
        // One after the other in one process, although they were handed over together.
        Assert.True(told[^1] - told[0] >= TimeSpan.FromMilliseconds(5 * (told.Length - 2)));
    }

    private sealed class KillingBroker(SandboxPool pool) : Ratchet.Execution.Fetch.IFetchBroker
    {
        public int Calls { get; private set; }

        public async Task<Ratchet.Execution.Fetch.FetchResponse> FetchAsync(Ratchet.Execution.Fetch.FetchRequest request, CancellationToken cancel)
        {
            Calls++;
            foreach (int id in pool.ProcessIds)
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new InvalidOperationException();
        }
    }
}

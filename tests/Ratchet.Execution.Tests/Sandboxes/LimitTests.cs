using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Scheduling;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>What one execution may use beside its time and its heap. Whoever goes beyond fails alone.</summary>
[Collection(PoolTests.Name)]
public sealed class LimitTests(PoolFixture fixture)
{
    private static TaskExecutionOptions With(TaskLimits limits) => new() { Limits = limits };

    private static readonly TaskExecutionOptions ShortCpu = With(new TaskLimits { CpuTime = TimeSpan.FromMilliseconds(200) });

    [Theory]
    [InlineData("function main(input) { while (input.burn) {} return input; }")]
    [InlineData("async function main(input) { await null; while (input.burn) {} return input; }")]
    [InlineData("async function main(input) { while (input.burn) await null; return input; }")]
    // Over many turns, none of which takes long.
    [InlineData("async function main(input) { while (input.burn) { await new Promise(r => setTimeout(r, 1)); const until = Date.now() + 4; while (Date.now() < until); } return input; }")]
    public async Task Processor_time_is_a_limit_of_its_own_and_neighbours_complete(string main)
    {
        Task<RunOutcome>[] neighbours = [.. Enumerable.Range(0, 20).Select(n => fixture.RunAsync(main, $"{n}", execution: ShortCpu))];
        Task<RunOutcome> burning = fixture.RunAsync(main, """{"burn":true}""", execution: ShortCpu, timeout: TimeSpan.FromSeconds(50));
        Task<RunOutcome>[] later = [.. Enumerable.Range(20, 20).Select(n => fixture.RunAsync(main, $"{n}", execution: ShortCpu))];
        RunOutcome outcome = await burning;
        Assert.Equal((FailureKind.CpuLimit, "CpuLimit", "The task used more processor time than its limit of 200 ms."), (outcome.Failure!.Kind, outcome.Failure.Name, outcome.Failure.Message));
        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"{n}"), (await Task.WhenAll([.. neighbours, .. later])).Select(one => one.Text()));
    }

    [Fact]
    public async Task Waiting_is_no_processor_time()
    {
        foreach (string main in new[] { "function main() { try { fetch('http://slow.example/'); } catch {} return 1; }", "async function main() { await fetch('http://slow.example/').catch(() => {}); await new Promise(r => setTimeout(r, 300)); return 1; }" })
            Assert.Equal("1", (await PoolFixture.RunAsync(fixture.Pool, TestTasks.Request(TestTasks.Package(main, execution: ShortCpu), fetch: new SlowBroker()))).Text());
    }

    private sealed class SlowBroker : IFetchBroker
    {
        public async Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancel);
            throw new FetchException("NetworkError", "It was slow, and that is all.");
        }
    }

    [Fact]
    public async Task An_output_is_held_to_the_tasks_own_size()
    {
        string main = "function main(input) { return 'x'.repeat(input); }";
        TaskExecutionOptions small = With(new TaskLimits { OutputBytes = 100 });
        Assert.Equal(100, (await fixture.RunAsync(main, "98", execution: small)).Output!.Length);
        RunOutcome outcome = await fixture.RunAsync(main, "99", execution: small);
        Assert.Equal((FailureKind.InvalidOutput, "The output is larger than the limit of 100 bytes."), (outcome.Failure!.Kind, outcome.Failure.Message));
    }

    [Fact]
    public async Task A_log_is_held_to_the_tasks_own_size()
    {
        string main = "function main() { for (let i = 0; i < 10; i++) console.log('line ' + i); return 1; }";
        Assert.Equal(["line 0", "line 1", "line 2", "The log is full: what follows is not kept."], (await fixture.RunAsync(main, execution: With(new TaskLimits { LogLines = 3 }))).Log.Select(line => line.Message));
        Assert.Equal(["line 0", "The log is full: what follows is not kept."], (await fixture.RunAsync(main, execution: With(new TaskLimits { LogBytes = 8 }))).Log.Select(line => line.Message));
        Assert.Empty((await fixture.RunAsync(main, execution: With(new TaskLimits { LogLines = 0 }))).Log);
    }

    [Fact]
    public async Task Array_buffers_have_a_limit_beside_the_heap()
    {
        string main = "function main(input) { const a = []; for (let i = 0; i < input; i++) a.push(new Uint8Array(1 << 20)); return a.length; }";
        TaskExecutionOptions small = With(new TaskLimits { ArrayBufferMb = 8 });
        Assert.Equal("5", (await fixture.RunAsync(main, "5", execution: small)).Text());
        Assert.Equal((FailureKind.TaskError, "RangeError"), await NameAsync(main, "50", small));
        Assert.Equal("50", (await fixture.RunAsync(main, "50")).Text());
    }

    [Fact]
    public async Task Nesting_is_limited_on_the_way_in_and_out()
    {
        string main = "function main(input) { let a = 1; for (let i = 0; i < input; i++) a = [a]; return a; }";
        TaskExecutionOptions flat = With(new TaskLimits { JsonDepth = 3 });
        Assert.Equal("[[[1]]]", (await fixture.RunAsync(main, "3", execution: flat)).Text());
        Assert.Equal((FailureKind.InvalidOutput, "InvalidOutput"), await NameAsync(main, "4", flat));
        RunOutcome outcome = await fixture.RunAsync(main, "[[[[1]]]]", execution: flat);
        Assert.Equal((FailureKind.InvalidInput, "The input is nested more than 3 levels deep or is not JSON."), (outcome.Failure!.Kind, outcome.Failure.Message));
    }

    [Fact]
    public async Task Recursion_that_is_too_deep_is_the_scripts_own_error() =>
        Assert.Equal((FailureKind.TaskError, "RangeError"), await NameAsync("function main() { const f = () => f() + 1; return f(); }", "{}", new TaskExecutionOptions()));

    [Fact]
    public void A_node_gives_no_more_than_it_allows_and_a_task_no_more_than_it_asks_for()
    {
        var node = new SandboxOptions
        {
            MaxHeapMb = 64, MaxArrayBufferMb = 32, MaxCpuTime = TimeSpan.FromSeconds(2), MaxOutputBytes = 1_000, MaxLogLines = 10, MaxLogBytes = 500, MaxJsonDepth = 20,
        };
        Assert.Equal(new RunLimits(64, 32, TimeSpan.FromSeconds(2), 1_000, 10, 500, 20), RunLimits.Of(new TaskExecutionOptions(), node));
        var task = new TaskLimits { ArrayBufferMb = 8, CpuTime = TimeSpan.FromSeconds(1), OutputBytes = 99, LogLines = 0, LogBytes = 98, JsonDepth = 2 };
        Assert.Equal(new RunLimits(16, 8, TimeSpan.FromSeconds(1), 99, 0, 98, 2), RunLimits.Of(new TaskExecutionOptions { HeapMb = 16, Limits = task }, node));
        Assert.Equal(new RunLimits(128, 128, null, Limits.OutputBytes, Limits.LogLines, Limits.LogBytes, Limits.JsonDepth), RunLimits.Of(new TaskExecutionOptions(), new SandboxOptions()));
    }

    [Fact]
    public async Task A_nodes_longest_timeout_goes_before_a_runs()
    {
        await using SandboxPool pool = fixture.Create(PoolFixture.One with { MaxTimeout = TimeSpan.FromMilliseconds(150) });
        await pool.StartAsync(TestContext.Current.CancellationToken);
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package("function main() { for (;;); }"), timeout: TimeSpan.FromSeconds(50)));
        Assert.Equal("The task ran longer than its timeout of 150 ms.", outcome.Failure!.Message);
    }

    private async Task<(FailureKind, string)> NameAsync(string main, string input, TaskExecutionOptions execution)
    {
        RunOutcome outcome = await fixture.RunAsync(main, input, execution: execution);
        Assert.True(outcome.Failure is not null, outcome.Text());
        return (outcome.Failure.Kind, outcome.Failure.Name);
    }
}

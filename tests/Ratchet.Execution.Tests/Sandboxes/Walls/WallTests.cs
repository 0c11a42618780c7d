using System.Diagnostics;
using System.Globalization;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Jobs;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes.Walls;

/// <summary>Each level that this machine has, with real processes: that its walls stand, and that a sandbox behind them lives and dies as one without.</summary>
public sealed class WallTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    private static readonly IsolationWish[] Wishes = [IsolationWish.Bubblewrap, IsolationWish.Unshare, IsolationWish.None];

    public static TheoryData<IsolationWish> Levels => [.. Wishes.Where(wish => Refusal(wish) is null)];

    private static string? Refusal(IsolationWish wish)
    {
        try
        {
            _ = SandboxProgram.Ready(new SandboxOptions { Isolation = wish });
            return null;
        }
        catch (RatchetException e)
        {
            return e.Message;
        }
    }

    private static SandboxOptions One(IsolationWish level) => PoolFixture.One with { Isolation = level };

    private async Task<SandboxPool> StartAsync(SandboxOptions options)
    {
        SandboxPool pool = fixture.Create(options);
        await pool.StartAsync(TestContext.Current.CancellationToken);
        return pool;
    }

    [Fact]
    public void A_level_is_tested_or_says_why_it_cannot_be()
    {
        foreach (IsolationWish wish in Wishes)
        {
            string? refusal = Refusal(wish);
            TestContext.Current.SendDiagnosticMessage($"{wish}: {refusal ?? "tested"}");
            if (refusal is not null) Assert.Matches("which is not to be had: .+(install|does not work here|children).+", refusal);
        }
        // Without tools and privileges, always.
        Assert.Null(Refusal(IsolationWish.None));
        // Where this is root and the tools are there, nothing but a machine that forbids namespaces altogether may keep them from being used.
        if (Environment.IsPrivilegedProcess && Tools.Find("bwrap") is not null && CanUnshare()) Assert.Null(Refusal(IsolationWish.Bubblewrap));
    }

    private static bool CanUnshare()
    {
        using Process process = Process.Start(new ProcessStartInfo("unshare", ["--net", "--mount", "--pid", "--fork", "--mount-proc", "true"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task The_walls_stand_as_a_process_behind_them_finds_them(IsolationWish level)
    {
        SandboxProgram program = SandboxProgram.Ready(new SandboxOptions { Isolation = level });
        WallReport report = await WallInspection.LookAsync(program, TestContext.Current.CancellationToken);
        Assert.True(report.NoNewPrivileges);
        Assert.True(report.Filtered);
        Assert.False(report.Sockets);
        Assert.False(report.Writes);
        Assert.Equal(256, report.OpenFiles);
        if (program.Walls.User is { } user) Assert.Equal((user.Id, user.Group), (report.User, report.Group));
        if (program.Walls.User is not null || !Environment.IsPrivilegedProcess) Assert.Equal(0UL, report.Capabilities);
        if (level == IsolationWish.None) return;
        Assert.Empty(report.Interfaces);
        // In the namespace only what built it came before.
        Assert.InRange(report.ProcessId, 1, 200);
        Assert.Empty(report.Root.Except(["dev", "etc", "lib", "lib64", "old", "proc", "ratchet", "tmp", "usr"]));
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task A_run_completes_and_a_memory_bomb_is_OutOfMemory(IsolationWish level)
    {
        await using SandboxPool pool = await StartAsync(One(level));
        TaskPackage package = TestTasks.Package(
            "function main(input) { return input.bomb ? new Array(1e8).fill(7) : input; }", execution: new TaskExecutionOptions { HeapMb = 32 });
        Assert.Equal("7", (await PoolFixture.RunAsync(pool, TestTasks.Request(package, "7"))).Text());
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(package, """{"bomb":true}""", TimeSpan.FromSeconds(55)));
        Assert.Equal(FailureKind.OutOfMemory, outcome.Failure!.Kind);
        Assert.Equal("8", (await PoolFixture.RunAsync(pool, TestTasks.Request(package, "8"))).Text());
    }

    /// <summary>Typed arrays are not in V8's heap: only the node sees them, in the sandbox's resident memory and not in that of whoever built its walls.</summary>
    [Theory, MemberData(nameof(Levels))]
    public async Task Resident_memory_is_that_of_the_sandbox(IsolationWish level)
    {
        await using SandboxPool pool = await StartAsync(One(level) with { MemoryAllowanceMb = 128 });
        TaskPackage package = TestTasks.Package(
            "async function main() { const a = new Uint8Array(600 << 20).fill(1); await new Promise(r => setTimeout(r, 60000)); return a.length; }",
            execution: new TaskExecutionOptions { HeapMb = 16, Limits = new TaskLimits { ArrayBufferMb = 700 } });
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(package, timeout: TimeSpan.FromSeconds(50)));
        Assert.Equal((FailureKind.OutOfMemory, "The task used more memory than its 16 MiB."), (outcome.Failure!.Kind, outcome.Failure.Message));
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task A_process_that_is_killed_tells_by_what_and_its_runs_are_run_again(IsolationWish level)
    {
        await using SandboxPool pool = await StartAsync(One(level));
        TaskPackage package = TestTasks.Package("async function main() { await fetch('http://127.0.0.1:9/'); }");
        // Whoever asks for a page gets its own process ended: not the one that built its walls.
        var killer = new KillingBroker(pool);
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(package, fetch: killer));
        Assert.Equal(2, killer.Killed.Count);
        Assert.Equal(FailureKind.WorkerLost, outcome.Failure!.Kind);
        Assert.Contains("exit code 137", outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task Nothing_is_left_of_a_pool_that_was_stopped_while_its_scripts_did_not_end(IsolationWish level)
    {
        SandboxPool pool = await StartAsync(One(level));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<RunOutcome> endless = PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package("function main() { for (;;); }")) with { Started = begun.SetResult });
        await begun.Task.WaitAsync(PoolFixture.Patience);
        int[] processes = [.. pool.ProcessIds];
        await pool.DisposeAsync().AsTask().WaitAsync(PoolFixture.Patience);
        Assert.Equal(FailureKind.WorkerLost, (await endless).Failure!.Kind);
        // The pool waits for the ends of their pipes, which the kernel closes a moment before the process is gone from its list.
        foreach (int process in processes) Assert.True(SpinWait.SpinUntil(() => !IsAlive(process), PoolFixture.Patience), $"process {process} goes on");
    }

    /// <summary>The programs that build walls are killed in the middle of it.</summary>
    [Theory, MemberData(nameof(Levels))]
    public async Task A_pool_that_is_stopped_while_its_processes_start_ends_and_leaves_nothing(IsolationWish level)
    {
        for (int round = 0; round < 8; round++)
        {
            SandboxPool pool = fixture.Create(One(level));
            Task start = pool.StartAsync(CancellationToken.None);
            Assert.True(SpinWait.SpinUntil(() => pool.ProcessIds.Count > 0, PoolFixture.Patience), "no process was started");
            // From the first moment on to when the walls are there.
            await Task.Delay(TimeSpan.FromMilliseconds(round * 3), TimeProvider.System, TestContext.Current.CancellationToken);
            int[] processes = [.. pool.ProcessIds];
            await pool.DisposeAsync().AsTask().WaitAsync(PoolFixture.Patience);
            await Assert.ThrowsAsync<RatchetException>(() => start);
            foreach (int process in processes) Assert.True(SpinWait.SpinUntil(() => !IsAlive(process), PoolFixture.Patience), $"process {process} goes on");
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            // The state after the name in parentheses; a zombie waits for whoever started it and does nothing (proc_pid_stat(5)).
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private sealed class KillingBroker(SandboxPool pool) : Ratchet.Execution.Fetch.IFetchBroker
    {
        public List<int> Killed { get; } = [];

        public async Task<Ratchet.Execution.Fetch.FetchResponse> FetchAsync(Ratchet.Execution.Fetch.FetchRequest request, CancellationToken cancel)
        {
            int[] processes = [.. pool.ProcessIds];
            Killed.Add(processes.Length);
            foreach (int id in processes)
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new InvalidOperationException();
        }
    }
}

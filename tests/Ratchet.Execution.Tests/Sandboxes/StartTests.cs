using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Pools that cannot work say so in one line.</summary>
public sealed class StartTests
{
    private sealed class NoBroker : IFetchBroker
    {
        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel) => throw new FetchException("NetworkError", "none");
    }

    private static SandboxPool Pool(SandboxOptions options) => new(options, new NoBroker(), TimeProvider.System, NullLogger<SandboxPool>.Instance);

    [Fact]
    public void A_missing_program_is_named()
    {
        RatchetException e = Assert.Throws<RatchetException>(() => Pool(new SandboxOptions { Program = "/nowhere/Ratchet.Sandbox.dll" }));
        Assert.Contains("/nowhere/Ratchet.Sandbox.dll", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_out_of_range_is_named() =>
        Assert.Contains("MaxAhead", Assert.Throws<RatchetException>(() => Pool(new SandboxOptions { MaxAhead = 0 })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_host_that_is_no_dotnet_fails_the_start()
    {
        await using SandboxPool pool = Pool(new SandboxOptions { DotnetHost = "/bin/false" });
        RatchetException e = await Assert.ThrowsAsync<RatchetException>(() => pool.StartAsync(CancellationToken.None).WaitAsync(PoolFixture.Patience));
        Assert.StartsWith("The sandbox cannot be started", e.Message, StringComparison.Ordinal);
        RunOutcome outcome = await PoolFixture.RunAsync(pool, TestTasks.Request(TestTasks.Package("function main() {}")));
        Assert.Equal((Jobs.FailureKind.WorkerLost, true), (outcome.Failure!.Kind, outcome.NeverBegan));
        Assert.Equal((e.Message, 0), (pool.Trouble, pool.Capacity));
    }

    /// <summary>As after an update that was broken off: the node has no room meanwhile, says why, and goes on by itself.</summary>
    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_program_that_is_gone_and_comes_back_is_told_and_used_again()
    {
        string host = Path.Join(Directory.CreateTempSubdirectory("ratchet-host").FullName, "dotnet");
        void Install() => File.WriteAllText(host, $"#!/bin/sh\nexec {SandboxProgram.Find(new SandboxOptions()).Host} \"$@\"\n");
        Install();
        File.SetUnixFileMode(host, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(Path.GetDirectoryName(host)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using SandboxPool pool = Pool(PoolFixture.One with { DotnetHost = host, Isolation = IsolationWish.None });
        await pool.StartAsync(CancellationToken.None).WaitAsync(PoolFixture.Patience);
        RunRequest request = TestTasks.Request(TestTasks.Package("function main(input) { return input; }"), "7");
        Assert.Equal("7", (await PoolFixture.RunAsync(pool, request)).Text());
        File.WriteAllText(host, "#!/bin/sh\nexit 9\n");
        foreach (int id in pool.ProcessIds) Process.GetProcessById(id).Kill();
        Assert.True(SpinWait.SpinUntil(() => pool.ProcessIds.Count == 0, PoolFixture.Patience), "a process that was killed is still there");
        Assert.True((await PoolFixture.RunAsync(pool, request)).NeverBegan);
        Assert.Contains("exit code 9", pool.Trouble, StringComparison.Ordinal);
        Install();
        Assert.True(SpinWait.SpinUntil(() => pool.Trouble is null, PoolFixture.Patience), pool.Trouble);
        Assert.True(pool.Capacity > 0);
        Assert.Equal("7", (await PoolFixture.RunAsync(pool, request)).Text());
        Directory.Delete(Path.GetDirectoryName(host)!, recursive: true);
    }

    [Fact]
    public async Task A_stopped_pool_ends_its_runs()
    {
        SandboxPool pool = Pool(new SandboxOptions());
        await pool.StartAsync(CancellationToken.None).WaitAsync(PoolFixture.Patience);
        Task<RunOutcome>[] runs = [.. Enumerable.Range(0, 20).Select(n => pool.RunAsync(TestTasks.Request(TestTasks.Package($"function main() {{ while ({n + 1}) {{}} }}")), CancellationToken.None))];
        await pool.DisposeAsync().AsTask().WaitAsync(PoolFixture.Patience);
        foreach (Task<RunOutcome> run in runs) Assert.Equal(Jobs.FailureKind.WorkerLost, (await run.WaitAsync(PoolFixture.Patience)).Failure!.Kind);
        Assert.Equal(0, pool.InFlight);
    }
}

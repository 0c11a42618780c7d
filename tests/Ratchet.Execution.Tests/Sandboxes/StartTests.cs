using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;

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
        Assert.Equal(Jobs.FailureKind.WorkerLost, outcome.Failure!.Kind);
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

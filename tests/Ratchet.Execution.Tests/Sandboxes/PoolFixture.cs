using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>One pool of real processes for the tests that do not end them.</summary>
public sealed class PoolFixture : IAsyncLifetime
{
    /// <summary>Longer than anything should take on a loaded machine; a test that waits so long says what for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpFetchBroker broker = new(new FetchOptions { PrivateNetworks = ["127.0.0.0/8"] }, TimeProvider.System);

    // What is tested here is not how long a loaded machine takes to load a task that uses up its memory.
    public PoolFixture() => Pool = Create(new SandboxOptions { LoadTimeout = TimeSpan.FromSeconds(50) });

    /// <summary>As few processes as will do, for a test that ends them: none is started that the test does not use.</summary>
    public static SandboxOptions One => new() { Processes = 1, MaxProcesses = 1, Spares = 0, WarmValidator = false };

    public SandboxPool Pool { get; }

    public SandboxPool Create(SandboxOptions options, TimeProvider? time = null) => new(options, broker, time ?? TimeProvider.System, NullLogger<SandboxPool>.Instance);

    public async ValueTask InitializeAsync() => await Pool.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        broker.Dispose();
    }

    public Task<RunOutcome> RunAsync(string mainJs, string input = "{}", string output = TestTasks.Any, TaskExecutionOptions? execution = null, TimeSpan? timeout = null) =>
        RunAsync(Pool, TestTasks.Request(TestTasks.Package(mainJs, output, execution: execution), input, timeout));

    public static async Task<RunOutcome> RunAsync(SandboxPool pool, RunRequest request)
    {
        try
        {
            return await pool.RunAsync(request, TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"A run of {request.Package.MainJs} did not end within {Patience.TotalSeconds} s; {pool.InFlight} in flight.");
        }
    }
}

[CollectionDefinition(Name)]
public sealed class PoolTests : ICollectionFixture<PoolFixture>
{
    public const string Name = "pool";
}

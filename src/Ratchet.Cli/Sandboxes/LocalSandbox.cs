using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Cli.Sandboxes;

/// <summary>The sandbox of a command that runs a task without a server.</summary>
internal sealed class LocalSandbox : IAsyncDisposable
{
    private LocalSandbox(ISandboxPool pool, IFetchBroker network)
    {
        Pool = pool;
        Network = network;
    }

    public ISandboxPool Pool { get; }

    /// <summary>Answers fetch calls over real HTTP.</summary>
    public IFetchBroker Network { get; }

    public static async Task<LocalSandbox> StartAsync(CancellationToken cancel)
    {
        await Task.CompletedTask;
        throw new NotSupportedException();
    }

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}

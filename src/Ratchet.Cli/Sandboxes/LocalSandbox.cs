using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Cli.Sandboxes;

/// <summary>The sandbox of a command that runs one task after another without a server.</summary>
internal sealed class LocalSandbox : IAsyncDisposable
{
    private readonly HttpFetchBroker network = new(new FetchOptions(), new FetchPolicy(), TimeProvider.System);
    private readonly SandboxPool pool;

    private LocalSandbox() =>
        pool = new SandboxPool(new SandboxOptions { Processes = 1 }, network, TimeProvider.System, NullLogger<SandboxPool>.Instance);

    public ISandboxPool Pool => pool;

    /// <summary>Answers fetch calls over real HTTP.</summary>
    public IFetchBroker Network => network;

    /// <exception cref="RatchetException">The sandbox program is missing or cannot be started.</exception>
    public static async Task<LocalSandbox> StartAsync(CancellationToken cancel)
    {
        LocalSandbox sandbox = new();
        try
        {
            await sandbox.Pool.StartAsync(cancel);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync();
        network.Dispose();
    }
}

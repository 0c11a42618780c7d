using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Fetch.Secrets;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Cli.Sandboxes;

/// <summary>The sandbox of a command that runs one task after another without a server.</summary>
internal sealed class LocalSandbox : IAsyncDisposable
{
    private readonly HttpFetchBroker network;
    private readonly SandboxPool pool;

    private LocalSandbox(FetchOptions fetch, SecretOptions secrets, int? inspectPort, TimeSpan? grace)
    {
        network = new HttpFetchBroker(fetch, TimeProvider.System, secrets.Open(TimeProvider.System));
        var options = new SandboxOptions { Processes = 1, Spares = 0, WarmValidator = false };
        if (grace is { } longer) options = options with { Grace = longer };
        pool = inspectPort is { } port
            ? SandboxPool.ToDebug(options, port, network, TimeProvider.System, NullLogger<SandboxPool>.Instance)
            : new SandboxPool(options, network, TimeProvider.System, NullLogger<SandboxPool>.Instance);
    }

    public ISandboxPool Pool => pool;

    /// <summary>Completes when the first process is ready; fails with a <see cref="RatchetException"/> when none can be started.</summary>
    public Task Started { get; private set; } = Task.CompletedTask;

    /// <summary>Answers fetch calls over real HTTP.</summary>
    public IFetchBroker Network => network;

    /// <summary>
    /// Starts the sandbox process and does not wait for it: it takes half a second of processor time, in which the command reads its task. Whoever
    /// runs something awaits <see cref="Started"/> first.
    /// </summary>
    /// <param name="networks">Networks that are not public and that fetch calls may reach (<see cref="FetchOptions.PrivateNetworks"/>).</param>
    /// <param name="secrets">A file of secrets that tasks may have sent; null for none.</param>
    /// <param name="inspectPort">Where a debugger is waited for, without walls and deadlines; null for an ordinary sandbox.</param>
    /// <param name="grace">How long a run that is over has to say what it came to; as a server's, 500 ms, otherwise.</param>
    /// <exception cref="RatchetException">The sandbox program is missing, a network is none, or the secrets are wrong.</exception>
    public static LocalSandbox Begin(CancellationToken cancel, string[]? networks = null, string? secrets = null, int? inspectPort = null, TimeSpan? grace = null)
    {
        LocalSandbox sandbox = new(new FetchOptions { PrivateNetworks = networks ?? [] }, new SecretOptions { File = secrets }, inspectPort, grace);
        sandbox.Started = sandbox.Pool.StartAsync(cancel);
        return sandbox;
    }

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync();
        network.Dispose();
    }
}

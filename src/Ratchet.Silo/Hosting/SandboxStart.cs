using Microsoft.Extensions.Hosting;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Silo.Hosting;

/// <summary>Starts the sandboxes without waiting for them; the node's lifetime waits, and tells when they cannot start.</summary>
internal sealed class SandboxStart(ISandboxPool sandboxes) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = sandboxes.StartAsync(CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

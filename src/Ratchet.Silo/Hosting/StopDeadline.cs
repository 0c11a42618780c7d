using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ratchet.Execution.Nodes;

namespace Ratchet.Silo.Hosting;

/// <summary>
/// Ends the process when a stop takes too long. Without its database a silo cannot say that it leaves the cluster, and tries for two minutes, whatever it is
/// told. Nothing is lost by the end: what is not in the store then was never acknowledged, or runs again.
/// </summary>
internal sealed partial class StopDeadline(IHostApplicationLifetime lifetime, IOptions<NodeOptions> options, TimeProvider time, ILogger<StopDeadline> logger) : IHostedService, IDisposable
{
    /// <summary>For what comes after the host has given its services up: the journal's last writes.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private CancellationTokenRegistration registration;
    private ITimer? timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        registration = lifetime.ApplicationStopping.Register(() => timer = time.CreateTimer(_ => End(), null, options.Value.StopTimeout + Grace, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The host is gone: its stop was done in time, and the process may have other things to do.</summary>
    public void Dispose()
    {
        registration.Dispose();
        timer?.Dispose();
    }

    private void End()
    {
        Late(logger, options.Value.StopTimeout + Grace);
        Environment.Exit(1);
    }

    [LoggerMessage(1105, LogLevel.Error, "The stop is not done after {Time}; the process ends now. Jobs that ran here run again elsewhere.")]
    private static partial void Late(ILogger logger, TimeSpan time);
}

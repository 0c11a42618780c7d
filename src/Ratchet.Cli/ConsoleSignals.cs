using System.Runtime.InteropServices;
using Ratchet.Cli.Output;

namespace Ratchet.Cli;

/// <summary>
/// Turns the first SIGINT or SIGTERM into cancellation, so that commands end cleanly and a server drains; a second one ends the process at once.
/// System.CommandLine's own handling is off, for it gives up after a fixed time.
/// </summary>
internal sealed class ConsoleSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private volatile bool terminated;

    public ConsoleSignals()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    public CancellationToken Token => source.Token;

    /// <summary>A command says only that it was cancelled; which signal did so is known here.</summary>
    public int ExitCode(int code) => code == ExitCodes.Interrupted && terminated ? ExitCodes.Terminated : code;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested) return;
        terminated = context.Signal == PosixSignal.SIGTERM;
        context.Cancel = true;
        source.Cancel();
    }
}

namespace Ratchet.Cli.Output;

/// <summary>What the process's exit code says. Scripts depend on these; none changes its meaning.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    /// <summary>The task or job failed, or a check found something.</summary>
    public const int Failed = 1;
    /// <summary>What was asked makes no sense as it was typed.</summary>
    public const int Usage = 2;
    public const int NotFound = 3;
    /// <summary>The server cannot be reached, or cannot work at the moment.</summary>
    public const int Unreachable = 4;
    /// <summary>As timeout(1).</summary>
    public const int TimedOut = 124;
    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;
    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}

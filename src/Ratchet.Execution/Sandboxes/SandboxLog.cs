namespace Ratchet.Execution.Sandboxes;

internal static partial class SandboxLog
{
    [LoggerMessage(3001, LogLevel.Warning, "Sandbox process {Process} ended ({Cause}): {Summary}")]
    public static partial void Died(ILogger logger, int process, string cause, string summary);

    [LoggerMessage(3002, LogLevel.Error, "Sandbox process {Process} broke the protocol: it sent {What}")]
    public static partial void ProtocolBroken(ILogger logger, int process, string what);

    [LoggerMessage(3003, LogLevel.Error, "What was to be called at the start or end of a run has failed")]
    public static partial void CallbackFailed(ILogger logger, Exception error);

    [LoggerMessage(3004, LogLevel.Error, "A fetch broker has failed in a way that is none of its contract")]
    public static partial void BrokerFailed(ILogger logger, Exception error);

    [LoggerMessage(3005, LogLevel.Information, "Sandboxes are isolated by {Level} and run as user {User}")]
    public static partial void WallsInForce(ILogger logger, string level, string user);

    [LoggerMessage(3006, LogLevel.Error, "{Why} The node takes no jobs that need another process; it is tried again at least each 30 s.")]
    public static partial void CannotStart(ILogger logger, string why);

    [LoggerMessage(3007, LogLevel.Information, "Sandboxes can be started again.")]
    public static partial void CanStart(ILogger logger);
}

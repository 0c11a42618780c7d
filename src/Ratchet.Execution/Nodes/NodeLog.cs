using Microsoft.Extensions.Logging;

namespace Ratchet.Execution.Nodes;

internal static partial class NodeLog
{
    [LoggerMessage(3101, LogLevel.Information, "Draining: no new jobs are taken, {Running} still run.")]
    public static partial void Draining(ILogger logger, int running);

    [LoggerMessage(3102, LogLevel.Warning, "Cannot read what {Count} jobs need, they go back to their queue: {Reason}")]
    public static partial void CannotRead(ILogger logger, int count, string reason);

    [LoggerMessage(3103, LogLevel.Information, "The node takes jobs again.")]
    public static partial void Taking(ILogger logger);

    [LoggerMessage(3104, LogLevel.Error, "Job {Job} could not be begun for a reason that was not foreseen; its attempt counts as a lost worker.")]
    public static partial void CannotBegin(ILogger logger, string job, Exception error);
}

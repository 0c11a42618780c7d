using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Workers;

internal static partial class ReporterLog
{
    // Every cancel of a running job leads here, and is told by who cancelled it.
    [LoggerMessage(5001, LogLevel.Debug, "What an attempt at job {Job} came to (token {Fence}) does not count: the job was cancelled, or given to another worker, meanwhile.")]
    public static partial void Refused(ILogger logger, string job, long fence);

    [LoggerMessage(5002, LogLevel.Warning, "The failure of job {Job} could not be written yet, it is tried again: {Reason}")]
    public static partial void TryAgain(ILogger logger, string job, string reason);

    [LoggerMessage(5003, LogLevel.Debug, "Reporting of results has stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(5004, LogLevel.Error, "The store refused one of {Count} results, they are given one by one: {Reason}")]
    public static partial void OneByOne(ILogger logger, int count, string reason);

    [LoggerMessage(5005, LogLevel.Warning, "{Count} results could not be written yet, they are tried again: {Reason}")]
    public static partial void EndsTryAgain(ILogger logger, int count, string reason);
}

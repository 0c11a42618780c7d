using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Workers;

internal static partial class ReporterLog
{
    // Every cancel of a running job leads here, and is told by who cancelled it.
    [LoggerMessage(5001, LogLevel.Debug, "What an attempt at job {Job} came to (token {Fence}) does not count: the job was cancelled, or given to another worker, meanwhile.")]
    public static partial void Refused(ILogger logger, string job, long fence);

    [LoggerMessage(5006, LogLevel.Information, "Job {Job} was cancelled; the attempt that ran has ended.")]
    public static partial void Cancelled(ILogger logger, string job);

    [LoggerMessage(5007, LogLevel.Error, "The record of a cancelled attempt of job {Job} could not be written as it is, {Error}: {Reason}")]
    public static partial void NoRecord(ILogger logger, string job, string error, string reason);

    [LoggerMessage(5002, LogLevel.Warning, "The failure of job {Job} could not be written yet, it is tried again: {Reason}")]
    public static partial void TryAgain(ILogger logger, string job, string reason);

    [LoggerMessage(5003, LogLevel.Debug, "Reporting of results has stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(5004, LogLevel.Error, "The store refused one of {Count} results, they are given one by one: {Reason}")]
    public static partial void OneByOne(ILogger logger, int count, string reason);

    [LoggerMessage(5005, LogLevel.Warning, "{Count} results could not be written yet, they are tried again: {Reason}")]
    public static partial void EndsTryAgain(ILogger logger, int count, string reason);

    [LoggerMessage(5008, LogLevel.Warning, "{Count} starts could not be told to the keeper of limits yet, it is told again: {Reason}")]
    public static partial void StartsTryAgain(ILogger logger, int count, string reason);

    [LoggerMessage(5009, LogLevel.Warning, "{Count} recordings of executions could not be written, they are given up: {Reason}")]
    public static partial void NoRecording(ILogger logger, int count, string reason);

    [LoggerMessage(5011, LogLevel.Error, "{Count} recordings of executions could not be written for a reason that was not foreseen, they are given up.")]
    public static partial void NoRecordingUnforeseen(ILogger logger, int count, Exception error);

    [LoggerMessage(5010, LogLevel.Error, "{Count} ends of attempts could not be reported for a reason that was not foreseen, they are reported again.")]
    public static partial void Unforeseen(ILogger logger, int count, Exception error);
}

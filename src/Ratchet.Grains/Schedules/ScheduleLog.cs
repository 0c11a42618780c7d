using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Schedules;

internal static partial class ScheduleLog
{
    [LoggerMessage(7001, LogLevel.Debug, "Schedule {Schedule} fired {Instant:O} as job {Job}.")]
    public static partial void Fired(ILogger logger, string schedule, DateTimeOffset instant, string job);

    [LoggerMessage(7002, LogLevel.Information, "Schedule {Schedule} skipped {Instant:O}: {Reason}.")]
    public static partial void Skipped(ILogger logger, string schedule, DateTimeOffset instant, string reason);

    [LoggerMessage(7003, LogLevel.Warning, "The job of schedule {Schedule} for {Instant:O} was refused: {Reason}")]
    public static partial void Rejected(ILogger logger, string schedule, DateTimeOffset instant, string reason);

    [LoggerMessage(7004, LogLevel.Warning, "Schedule {Schedule} could not do its work and tries again: {Reason}")]
    public static partial void TriesAgain(ILogger logger, string schedule, string reason);

    [LoggerMessage(7005, LogLevel.Error, "Schedule {Schedule} failed through a fault of the server and tries again.")]
    public static partial void Failed(ILogger logger, Exception error, string schedule);

    [LoggerMessage(7006, LogLevel.Information, "Schedule {Schedule} goes on with the submit of {Count} instants that was cut off.")]
    public static partial void Recovered(ILogger logger, string schedule, int count);

    [LoggerMessage(7007, LogLevel.Information, "Backfill {Backfill} of schedule {Schedule} is {State}.")]
    public static partial void BackfillMoved(ILogger logger, Guid backfill, string schedule, string state);

    [LoggerMessage(7008, LogLevel.Warning, "Schedules could not be woken yet: {Reason}")]
    public static partial void CannotWake(ILogger logger, string reason);
}

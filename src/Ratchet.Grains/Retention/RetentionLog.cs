using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Retention;

internal static partial class RetentionLog
{
    [LoggerMessage(2201, LogLevel.Information, "{Jobs} jobs and {Events} events were kept long enough and are deleted.")]
    public static partial void Swept(ILogger logger, int jobs, int events);

    [LoggerMessage(2202, LogLevel.Warning, "What has been kept long enough is not deleted now: {Reason}")]
    public static partial void Waits(ILogger logger, string reason);
}

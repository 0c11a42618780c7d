using Microsoft.Extensions.Logging;

namespace Ratchet.Execution.Caching;

internal static partial class CacheLog
{
    [LoggerMessage(3301, LogLevel.Warning, "The figures of result caches lack {Hits} hits and {Misses} misses: {Reason}")]
    public static partial void NotCounted(ILogger logger, long hits, long misses, string reason);

    [LoggerMessage(3302, LogLevel.Warning, "{Count} jobs run without a look for results that are there: {Reason}")]
    public static partial void NotLooked(ILogger logger, int count, string reason);
}

using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Bulk;

internal static partial class BulkLog
{
    [LoggerMessage(2101, LogLevel.Warning, "Bulk operation {Id} waits: {Reason}")]
    public static partial void Waits(ILogger logger, Guid id, string reason);
}

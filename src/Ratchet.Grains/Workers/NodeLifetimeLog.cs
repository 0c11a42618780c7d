using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Workers;

internal static partial class NodeLifetimeLog
{
    [LoggerMessage(5101, LogLevel.Warning, "Queues with unfinished work could not be woken yet: {Reason}")]
    public static partial void CannotWake(ILogger logger, string reason);
}

using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Limiting;

internal static partial class LimiterLog
{
    [LoggerMessage(4101, LogLevel.Information, "The limits of tenant {Tenant} have a keeper, of epoch {Epoch}; {Nodes} nodes know of it.")]
    public static partial void TookOver(ILogger logger, string tenant, long epoch, int nodes);

    [LoggerMessage(4102, LogLevel.Warning, "Reservations of rates of tenant {Tenant} could not be renewed yet: {Reason}")]
    public static partial void NotRenewed(ILogger logger, string tenant, string reason);
}

using Microsoft.Extensions.Logging;

namespace Ratchet.Gateway.Protection;

internal static partial class ProtectionLog
{
    [LoggerMessage(6101, LogLevel.Warning, "The keeper of an address's rate did not answer ({Reason}); until it does this gateway counts alone.")]
    public static partial void Alone(ILogger logger, string reason);
}

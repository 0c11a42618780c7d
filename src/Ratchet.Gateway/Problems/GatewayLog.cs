using Microsoft.Extensions.Logging;

namespace Ratchet.Gateway.Problems;

internal static partial class GatewayLog
{
    [LoggerMessage(6001, LogLevel.Error, "Request {Path} ({RequestId}) failed through a fault of the server.")]
    public static partial void Failed(ILogger logger, Exception error, string path, string requestId);

    [LoggerMessage(6002, LogLevel.Warning, "Request {Path} could not be served: {Reason}")]
    public static partial void Unavailable(ILogger logger, string path, string reason);

    [LoggerMessage(6003, LogLevel.Warning, "Events cannot be followed now: {Reason} Trying again every second.")]
    public static partial void CannotFollow(ILogger logger, string reason);
}

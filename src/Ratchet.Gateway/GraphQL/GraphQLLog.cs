using Microsoft.Extensions.Logging;

namespace Ratchet.Gateway.GraphQL;

internal static partial class GraphQLLog
{
    [LoggerMessage(6201, LogLevel.Warning, "Subscribers to {What} are told nothing until it can be looked at again: {Reason}")]
    public static partial void CannotLook(ILogger logger, string what, string reason);
}

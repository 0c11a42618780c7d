using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Queues;

internal static partial class QueueLog
{
    [LoggerMessage(4001, LogLevel.Warning, "Handing {Count} jobs of queue {Queue} to node {Node} failed; the node is asked what it has: {Reason}")]
    public static partial void HandOutFailed(ILogger logger, int count, string queue, string node, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "Queue {Queue} waits for the store: {Reason}")]
    public static partial void StoreAway(ILogger logger, string queue, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "Node {Node} is gone with {Count} jobs of queue {Queue}.")]
    public static partial void NodeGone(ILogger logger, string node, int count, string queue);

    [LoggerMessage(4004, LogLevel.Information, "{Count} jobs of queue {Queue} were taken back from nodes that are gone.")]
    public static partial void TakenBack(ILogger logger, int count, string queue);
}

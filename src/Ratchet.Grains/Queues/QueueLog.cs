using Microsoft.Extensions.Logging;
using Ratchet.Storage;

namespace Ratchet.Grains.Queues;

internal static partial class QueueLog
{
    [LoggerMessage(4001, LogLevel.Warning, "Handing {Count} jobs of queue {Queue} to node {Node} failed; the node is asked what it has: {Reason}")]
    public static partial void HandOutFailed(ILogger logger, int count, string queue, string node, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "Queue {Queue} was held up, and tries again in a second: {Reason}")]
    public static partial void StoreAway(ILogger logger, string queue, string reason);

    /// <summary>The cause decides how loud: what comes and goes with the database and the cluster is expected, anything else is a defect that somebody has to look at.</summary>
    public static void HeldUp(ILogger logger, string queue, Exception error)
    {
        if (IsForeseen(error)) StoreAway(logger, queue, error.Message);
        else Unforeseen(logger, queue, error.GetType().FullName ?? error.GetType().Name, error);
    }

    /// <summary>As <see cref="HeldUp"/>, of a task that was asked for its gate.</summary>
    public static void TaskAway(ILogger logger, string queue, string task, Exception error)
    {
        if (IsForeseen(error)) TaskAway(logger, queue, task, error.Message);
        else Unforeseen(logger, queue, error.GetType().FullName ?? error.GetType().Name, error);
    }

    /// <summary>As <see cref="HeldUp"/>, of the keeper of limits.</summary>
    public static void LimitsAway(ILogger logger, string queue, Exception error)
    {
        if (IsForeseen(error)) LimitsAway(logger, queue, error.Message);
        else Unforeseen(logger, queue, error.GetType().FullName ?? error.GetType().Name, error);
    }

    public static bool IsForeseen(Exception error) =>
        error is StoreUnavailableException or OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException;

    [LoggerMessage(4008, LogLevel.Error, "Queue {Queue} was held up by {Type}, which was not foreseen, and tries again in a second.")]
    private static partial void Unforeseen(ILogger logger, string queue, string type, Exception error);

    [LoggerMessage(4009, LogLevel.Error, "Queue {Queue} has a defect, {Type}, and starts anew from the store and its nodes.")]
    public static partial void StartsAnew(ILogger logger, string queue, string type, Exception error);

    [LoggerMessage(4003, LogLevel.Warning, "Node {Node} is gone with {Count} jobs of queue {Queue}.")]
    public static partial void NodeGone(ILogger logger, string node, int count, string queue);

    [LoggerMessage(4010, LogLevel.Warning, "Queue {Queue} cannot reach node {Node}, and hands nothing to it; it is asked again in a second: {Reason}")]
    public static partial void NodeAway(ILogger logger, string queue, string node, string reason);

    [LoggerMessage(4004, LogLevel.Information, "{Count} jobs of queue {Queue} were taken back from nodes that are gone.")]
    public static partial void TakenBack(ILogger logger, int count, string queue);

    [LoggerMessage(4005, LogLevel.Information, "Queue {Queue} is {Mode} now.")]
    public static partial void Mode(ILogger logger, string queue, WorkMode mode);

    [LoggerMessage(4006, LogLevel.Warning, "Queue {Queue} cannot reach the keeper of limits; jobs with limits wait: {Reason}")]
    private static partial void LimitsAway(ILogger logger, string queue, string reason);

    [LoggerMessage(4007, LogLevel.Warning, "Queue {Queue} cannot reach task {Task}; its jobs wait: {Reason}")]
    private static partial void TaskAway(ILogger logger, string queue, string task, string reason);
}

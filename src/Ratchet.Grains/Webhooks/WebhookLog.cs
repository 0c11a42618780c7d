using Microsoft.Extensions.Logging;

namespace Ratchet.Grains.Webhooks;

/// <summary>No line has a URL: they may hold tokens.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(8001, LogLevel.Debug, "Webhook {Webhook}: attempt {Attempt} of delivery {Delivery} succeeded.")]
    public static partial void Delivered(ILogger logger, string webhook, string delivery, int attempt);

    [LoggerMessage(8002, LogLevel.Information, "Webhook {Webhook}: attempt {Attempt} of delivery {Delivery} failed: {Reason}")]
    public static partial void AttemptFailed(ILogger logger, string webhook, string delivery, int attempt, string reason);

    [LoggerMessage(8003, LogLevel.Warning, "Webhook {Webhook}: delivery {Delivery} has failed for good: {Reason}")]
    public static partial void DeliveryFailed(ILogger logger, string webhook, string delivery, string reason);

    [LoggerMessage(8004, LogLevel.Warning, "Webhook {Webhook} is disabled: {Reason}")]
    public static partial void Disabled(ILogger logger, string webhook, string reason);

    [LoggerMessage(8005, LogLevel.Warning, "Webhook {Webhook} could not do its work and tries again: {Reason}")]
    public static partial void TriesAgain(ILogger logger, string webhook, string reason);

    [LoggerMessage(8006, LogLevel.Error, "Webhook {Webhook} failed through a fault of the server and tries again.")]
    public static partial void Failed(ILogger logger, Exception error, string webhook);

    [LoggerMessage(8007, LogLevel.Warning, "The events of tenant {Tenant} could not be followed for its webhooks, which is tried again: {Reason}")]
    public static partial void CannotFollow(ILogger logger, string tenant, string reason);

    [LoggerMessage(8008, LogLevel.Error, "Following the events of tenant {Tenant} for its webhooks failed through a fault of the server, and is tried again.")]
    public static partial void FollowingFailed(ILogger logger, Exception error, string tenant);

    [LoggerMessage(8009, LogLevel.Warning, "Webhooks could not be woken yet: {Reason}")]
    public static partial void CannotWake(ILogger logger, string reason);
}

using Microsoft.Extensions.Logging;

namespace Ratchet.Storage.Journal;

/// <summary>What the journal logs. Event ids 1000 to 1099.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(1000, LogLevel.Warning, "The store is away: {Reason} {Kept} ends and moves are kept and tried again in {Delay}.")]
    public static partial void StoreAway(this ILogger logger, string reason, int kept, TimeSpan delay);

    [LoggerMessage(1001, LogLevel.Information, "The store is back.")]
    public static partial void StoreBack(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Error, "A write was refused by the store and given back to its caller; the others of its set were written.")]
    public static partial void WriteRefused(this ILogger logger, Exception error);

    [LoggerMessage(1003, LogLevel.Error, "The journal closes while the store is away: {Count} ends and moves are not written. Their jobs run again.")]
    public static partial void ClosedUnwritten(this ILogger logger, int count);
}

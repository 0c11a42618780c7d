namespace Ratchet.Storage.Journal;

/// <summary>
/// While the store is away, new inserts are answered with its error without being tried, until the next attempt is due:
/// callers hear 503 at once instead of waiting for a connection that will not come.
/// </summary>
internal sealed class JournalOutage(TimeProvider time)
{
    private sealed record Current(StoreUnavailableException Error, DateTimeOffset Until);

    private Current? current;

    public void Begin(StoreUnavailableException error, TimeSpan delay) => Volatile.Write(ref current, new Current(error, time.GetUtcNow() + delay));

    /// <summary>True when there was one.</summary>
    public bool End() => Volatile.Read(ref current) is not null && Interlocked.Exchange(ref current, null) is not null;

    /// <summary>The error to answer an insert with, or null when it is to be tried.</summary>
    public StoreUnavailableException? ForInserts() =>
        Volatile.Read(ref current) is { } outage && time.GetUtcNow() < outage.Until ? new StoreUnavailableException(outage.Error.Message, outage.Error) : null;
}

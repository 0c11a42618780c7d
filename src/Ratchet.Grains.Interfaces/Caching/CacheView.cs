namespace Ratchet.Caching;

/// <summary>How a task's result cache does.</summary>
/// <param name="Policy">That of the current version; null: it shares no results.</param>
/// <param name="Entries">Results that would be given to an equal job now, of all versions.</param>
/// <param name="Hits">Jobs that were given another's result, ever.</param>
/// <param name="Misses">Attempts that were made because there was no result, ever.</param>
/// <param name="Waiting">Jobs that wait for the result of an equal one that runs.</param>
/// <param name="PurgedAt">When somebody last deleted all results; null: never.</param>
[GenerateSerializer, Immutable, Alias("ratchet.cache-view")]
public sealed record CacheView(
    [property: Id(0)] CachePolicy? Policy,
    [property: Id(1)] long Entries,
    [property: Id(2)] long Hits,
    [property: Id(3)] long Misses,
    [property: Id(4)] long Waiting,
    [property: Id(5)] DateTimeOffset? PurgedAt);

using Ratchet.Jobs;

namespace Ratchet.Storage.Retention;

/// <summary>Deletes what has been kept long enough. Only jobs at an end are ever deleted.</summary>
public interface IRetentionStore
{
    /// <summary>
    /// Looks at a page of jobs behind <paramref name="after"/>, of all tenants by id, and deletes those that ended before their state's instant and do not say
    /// themselves how long they are kept.
    /// </summary>
    /// <param name="endedBefore">For each state that is not kept for ever.</param>
    /// <param name="createdBefore">Younger ones cannot have been kept long enough: not looked at.</param>
    Task<SweptPage> SweepAsync(JobId after, DateTimeOffset createdBefore, IReadOnlyDictionary<JobState, DateTimeOffset> endedBefore, int page, CancellationToken cancel);

    /// <summary>Deletes at most <paramref name="most"/> jobs that say themselves how long they are kept. Returns how many.</summary>
    Task<int> SweepOwnAsync(DateTimeOffset now, int most, CancellationToken cancel);

    /// <summary>Deletes at most <paramref name="most"/> of the oldest events, if they are older. Returns how many.</summary>
    Task<int> SweepEventsAsync(DateTimeOffset olderThan, int most, CancellationToken cancel);

    /// <summary>Deletes at most <paramref name="most"/> of the oldest recordings, if they are older. Returns how many.</summary>
    Task<int> SweepRecordingsAsync(DateTimeOffset olderThan, int most, CancellationToken cancel);

    /// <summary>Deletes idempotency keys whose window is over, and unique keys that nobody holds. Returns how many.</summary>
    Task<int> SweepKeysAsync(DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Last">Where the page ended; null when there was nothing to look at.</param>
public sealed record SweptPage(JobId? Last, int Looked, int Deleted);

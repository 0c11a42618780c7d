using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Storage.Caching;

/// <summary>
/// Results that equal jobs share. An entry says which job's result it is and until when; the result is in that job's row, so that it goes with it. Entries are made with
/// the ends that they are of (<see cref="AttemptEnd.Keep"/>), and looked for as jobs are inserted, before they are run, and for all that wait when one has ended.
/// </summary>
public interface ICacheStore
{
    /// <summary>Completes those of the jobs for whose keys there is a result at <paramref name="now"/>. Answers in their order: whose result a job was given, or null.</summary>
    Task<IReadOnlyList<JobId?>> ReuseAsync(IReadOnlyList<ReuseAsk> jobs, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Completes at most <paramref name="limit"/> QUEUED jobs of a lane for whose key there is a result. Returns them, with the tokens they had.</summary>
    Task<IReadOnlyList<JobToken>> ReuseWaitingAsync(QueueKey queue, string lane, DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Deletes all results of a task; those of attempts that started before <paramref name="now"/> are not kept either. Returns how many there were.</summary>
    Task<int> PurgeAsync(string tenant, string task, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Adds to what has been counted of tasks.</summary>
    Task CountAsync(IReadOnlyList<CacheCount> counts, CancellationToken cancel);

    Task<CacheFigures> GetFiguresAsync(string tenant, string task, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Deletes at most <paramref name="most"/> entries that are over. Returns how many.</summary>
    Task<int> SweepAsync(DateTimeOffset now, int most, CancellationToken cancel);
}

/// <param name="Fence">Token of the row as the asker knows it.</param>
/// <param name="Lane">The job's lane, which has the key.</param>
public readonly record struct ReuseAsk(JobId Job, long Fence, string Lane);

public readonly record struct CacheCount(string Tenant, string Task, long Hits, long Misses);

/// <inheritdoc cref="Ratchet.Caching.CacheView"/>
public sealed record CacheFigures(long Entries, long Hits, long Misses, long Waiting, DateTimeOffset? PurgedAt);

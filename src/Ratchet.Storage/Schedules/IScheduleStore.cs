using Ratchet.Preconditions;
using Ratchet.Schedules;

namespace Ratchet.Storage.Schedules;

/// <summary>Schedules as rows. Every write carries the revision that its caller knows: a definition that has changed since is left alone.</summary>
public interface IScheduleStore
{
    IFireStore Fires { get; }
    IBackfillStore Backfills { get; }

    /// <summary>False when the id is taken.</summary>
    Task<bool> AddAsync(ScheduleRecord schedule, CancellationToken cancel);

    /// <summary>Writes a new definition with its revision and cursor; false when <paramref name="known"/> is not the row's revision any more.</summary>
    Task<bool> ReplaceAsync(ScheduleRecord schedule, long known, CancellationToken cancel);

    /// <summary>
    /// Writes how far the schedule is. False when the revision has changed, or somebody else is further.
    /// </summary>
    /// <param name="last">Null keeps the row's.</param>
    Task<bool> AdvanceAsync(
        ScheduleKey key, long revision, DateTimeOffset decidedUntil, DateTimeOffset? next, DateTimeOffset? last, CancellationToken cancel);

    Task<ScheduleRecord?> GetAsync(ScheduleKey key, CancellationToken cancel);

    /// <summary>By id, without inputs.</summary>
    Task<IReadOnlyList<ScheduleRecord>> ListAsync(string tenant, ScheduleFilter filter, CancellationToken cancel);

    /// <summary>How many there are of what a list shows a part of.</summary>
    Task<long> CountAsync(string tenant, ScheduleFilter filter, CancellationToken cancel);

    /// <summary>Every tenant's schedules that have something to do: an instant to come, an open fire, a backfill that is not at an end.</summary>
    Task<IReadOnlyList<ScheduleKey>> ListToWakeAsync(CancellationToken cancel);

    /// <summary>Deletes the schedule with its fires and backfills; false when it was not there.</summary>
    /// <exception cref="PreconditionFailedException">The schedule is not as <paramref name="only"/> says.</exception>
    Task<bool> DeleteAsync(ScheduleKey key, Precondition? only, CancellationToken cancel);
}

using Ratchet.Lists;

namespace Ratchet.Schedules;

/// <summary>Stateless worker: reads schedules from the store, so that looking at one does not activate it. Key: 0.</summary>
[Alias("ratchet.IScheduleDirectoryGrain")]
public interface IScheduleDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Null when the tenant has no such schedule.</summary>
    [Alias("get")]
    Task<ScheduleView?> GetAsync(ScheduleKey key, CancellationToken cancel = default);

    /// <summary>Schedules without the inputs of their jobs; of the first <see cref="Limits.ListedSchedules"/> by id.</summary>
    /// <exception cref="ListQueryException">The query is not one that <see cref="ScheduleList.Schema"/> allows.</exception>
    [Alias("page")]
    Task<ListPage<ScheduleView>> ListAsync(string tenant, ListQuery<ScheduleField> query, CancellationToken cancel = default);

    /// <summary>The next <paramref name="count"/> instants from now, without jitter; fewer when there are no more.</summary>
    /// <param name="count">1 to <see cref="Limits.PreviewInstants"/>.</param>
    /// <exception cref="InvalidScheduleException">The timing is wrong. What the schedule submits is not looked at.</exception>
    [Alias("preview")]
    Task<IReadOnlyList<DateTimeOffset>> PreviewAsync(ScheduleDefinition definition, int count, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only older instants; null for the newest.</param>
    /// <param name="limit">1 to <see cref="Limits.ListRows"/>.</param>
    [Alias("fires")]
    Task<IReadOnlyList<FireView>> ListFiresAsync(ScheduleKey key, DateTimeOffset? before, int limit, CancellationToken cancel = default);

    /// <summary>Newest first; at most <see cref="Limits.ListRows"/>.</summary>
    [Alias("backfills")]
    Task<IReadOnlyList<BackfillView>> ListBackfillsAsync(ScheduleKey key, CancellationToken cancel = default);
}

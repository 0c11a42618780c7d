using Ratchet.Jobs;
using Ratchet.Schedules;

namespace Ratchet.Storage.Schedules;

/// <summary>What became of each instant. An instant has one row, so that it fires at most once.</summary>
public interface IFireStore
{
    /// <summary>
    /// Adds the fires of one schedule in one transaction; true for each that was added. One is left out when its instant is there already, or when the
    /// schedule's revision is not <paramref name="revision"/>; a backfill's takes over an instant that was skipped or rejected.
    /// </summary>
    Task<IReadOnlyList<bool>> AddAsync(ScheduleKey key, long revision, IReadOnlyList<FireView> fires, CancellationToken cancel);

    /// <summary>Adds a fire by hand; false when its key is used, its instant is there, or the revision has changed.</summary>
    Task<bool> AddTriggerAsync(ScheduleKey key, long revision, FireView fire, CancellationToken cancel);

    Task<FireView?> GetTriggerAsync(ScheduleKey key, string triggerKey, CancellationToken cancel);

    /// <summary>Writes moves between states in one transaction; one whose row has left its state already changes nothing.</summary>
    Task MarkAsync(ScheduleKey key, IReadOnlyList<FireMark> marks, CancellationToken cancel);

    /// <summary>Skips those that wait, older than an instant.</summary>
    Task SkipOlderWaitingAsync(ScheduleKey key, DateTimeOffset than, string reason, CancellationToken cancel);

    /// <summary>Fires that are PENDING or WAITING, oldest first.</summary>
    Task<IReadOnlyList<FireView>> ReadOpenAsync(ScheduleKey key, int limit, CancellationToken cancel);

    /// <summary>The submitted jobs, except those of backfills, that are not at an end; oldest instant first. A job that was seen at an end once is not looked at again.</summary>
    Task<IReadOnlyList<JobId>> ReadRunningAsync(ScheduleKey key, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<FireView>> ListAsync(ScheduleKey key, DateTimeOffset? before, int limit, CancellationToken cancel);

    /// <summary>Forgets what was decided before an instant, and remembers in the schedule's row how far; answers how many rows are gone.</summary>
    Task<int> PruneAsync(ScheduleKey key, DateTimeOffset decidedBefore, int limit, CancellationToken cancel);
}

/// <summary>A fire's way from one state into another.</summary>
public sealed record FireMark(DateTimeOffset Instant, FireState From, FireState To, string? Reason = null);

using Ratchet.Schedules;

namespace Ratchet.Storage.Schedules;

/// <summary>Backfills as rows.</summary>
public interface IBackfillStore
{
    /// <summary>False when the id is taken.</summary>
    Task<bool> AddAsync(ScheduleKey key, BackfillRecord backfill, CancellationToken cancel);

    Task<BackfillRecord?> GetAsync(ScheduleKey key, Guid id, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<BackfillRecord>> ListAsync(ScheduleKey key, int limit, CancellationToken cancel);

    /// <summary>Those that are RUNNING or PAUSED, the one that may go on first first; without the number of submitted jobs.</summary>
    Task<IReadOnlyList<BackfillRecord>> ReadOpenAsync(ScheduleKey key, CancellationToken cancel);

    /// <summary>Writes how far a RUNNING backfill is; false when it is not running any more, or somebody else has moved it on from <paramref name="known"/>.</summary>
    Task<bool> AdvanceAsync(BackfillRecord backfill, DateTimeOffset? known, CancellationToken cancel);

    /// <summary>Writes a state; false when the backfill is at an end.</summary>
    Task<bool> MoveAsync(ScheduleKey key, Guid id, BackfillState to, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="DoneUntil">The newest instant that is handled; null before the first.</param>
/// <param name="NextAt">No further job before this.</param>
public sealed record BackfillRecord(BackfillView View, DateTimeOffset? DoneUntil, DateTimeOffset NextAt);

using Ratchet.Preconditions;

namespace Ratchet.Schedules;

/// <summary>
/// One schedule: fires its instants, and takes its changes. It may vanish, or be there twice, at any time; the rows of the store decide what fires.
/// Every call may be repeated. Key: <see cref="ScheduleKey.GrainKey"/>.
/// </summary>
[Alias("ratchet.IScheduleGrain")]
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>Makes the schedule. The same definition again returns what is there.</summary>
    /// <exception cref="InvalidScheduleException">A field is wrong.</exception>
    /// <exception cref="ScheduleRefusedException">Its jobs would be refused.</exception>
    /// <exception cref="ScheduleConflictException">The id is taken by a schedule with another definition.</exception>
    [Alias("create")]
    Task<ScheduleChange> CreateAsync(ScheduleDefinition definition);

    /// <summary>Replaces the definition. Instants that pass under the old one stay as they are; the new timing counts from now.</summary>
    /// <exception cref="ScheduleNotFoundException">There is none.</exception>
    /// <exception cref="InvalidScheduleException">A field is wrong.</exception>
    /// <exception cref="ScheduleRefusedException">Its jobs would be refused.</exception>
    /// <exception cref="ScheduleConflictException">The timing changes while a backfill is not at an end.</exception>
    [Alias("update")]
    Task<ScheduleView> UpdateAsync(ScheduleDefinition definition);

    /// <summary>As <see cref="UpdateAsync"/>, for who worked the definition out of an earlier one: null, and nothing is done, when that is no longer the schedule's.</summary>
    /// <param name="revision">Of the definition that it was worked out of.</param>
    [Alias("revise")]
    Task<ScheduleView?> ReviseAsync(ScheduleDefinition definition, long revision);

    /// <summary>Turns the schedule on or off. Instants that pass while it is off never fire, except by a backfill.</summary>
    /// <exception cref="ScheduleNotFoundException">There is none.</exception>
    [Alias("enable")]
    Task<ScheduleView> EnableAsync(bool enabled);

    /// <summary>Deletes the schedule with its history; its jobs go on. False when there was none.</summary>
    /// <exception cref="PreconditionFailedException">The schedule is not as <paramref name="only"/> says.</exception>
    [Alias("delete")]
    Task<bool> DeleteAsync(Precondition? only = null);

    /// <summary>Submits a job now, whatever the timing and the overlap policy say, also while the schedule is disabled.</summary>
    /// <param name="idempotencyKey">The same key again returns the same fire, for as long as the history is kept; null: each call fires.</param>
    /// <exception cref="ScheduleNotFoundException">There is none.</exception>
    /// <exception cref="ScheduleRefusedException">The job was refused.</exception>
    [Alias("trigger")]
    Task<FireView> TriggerAsync(string? idempotencyKey);

    /// <summary>Starts a backfill; the same <paramref name="id"/> again returns the one that is there.</summary>
    /// <exception cref="ScheduleNotFoundException">There is none.</exception>
    /// <exception cref="InvalidScheduleException">The range or the rate is wrong, or holds too many instants.</exception>
    /// <exception cref="ScheduleConflictException">Too many backfills are not at an end.</exception>
    [Alias("backfill")]
    Task<BackfillView> StartBackfillAsync(Guid id, BackfillRequest request);

    /// <exception cref="ScheduleNotFoundException">There is no such schedule or backfill.</exception>
    /// <exception cref="ScheduleConflictException">The backfill is at an end.</exception>
    [Alias("move-backfill")]
    Task<BackfillView> MoveBackfillAsync(Guid id, BackfillVerb verb);

    /// <summary>Activates the schedule, so that it looks at its row and at the clock.</summary>
    [Alias("wake")]
    Task WakeAsync();
}

/// <param name="Made">False when the schedule was there already.</param>
[GenerateSerializer, Immutable, Alias("ratchet.schedule-change")]
public sealed record ScheduleChange([property: Id(0)] ScheduleView Schedule, [property: Id(1)] bool Made);

using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;

namespace Ratchet.Storage.Controls;

/// <summary>What operators set: modes of queues and tasks, limits, weights; and what the keepers of rates must not forget.</summary>
public interface IControlStore
{
    /// <summary>ACTIVE for a queue that nobody has set, or that is not there.</summary>
    Task<WorkMode> GetQueueModeAsync(QueueKey queue, CancellationToken cancel);

    /// <summary>Adds the queue if it is not there.</summary>
    /// <exception cref="PreconditionFailedException">The queue is not as <paramref name="only"/> says.</exception>
    Task SetQueueModeAsync(QueueKey queue, WorkMode mode, Precondition? only, CancellationToken cancel);

    /// <summary>A tenant's queues that ever had a job or a setting, by name.</summary>
    Task<IReadOnlyList<QueueSetting>> ListQueuesAsync(string tenant, CancellationToken cancel);

    /// <summary>ACTIVE for a task that is not there.</summary>
    Task<WorkMode> GetTaskModeAsync(string tenant, string task, CancellationToken cancel);

    /// <summary>False when there is no such task.</summary>
    /// <exception cref="PreconditionFailedException">The task is not as <paramref name="only"/> says.</exception>
    Task<bool> SetTaskModeAsync(string tenant, string task, WorkMode mode, Precondition? only, CancellationToken cancel);

    Task<IReadOnlyList<FairnessWeight>> GetWeightsAsync(QueueKey queue, CancellationToken cancel);

    /// <summary>Adds the queue if it is not there.</summary>
    /// <param name="weight">Null takes the setting away.</param>
    /// <exception cref="PreconditionFailedException">The queue is not as <paramref name="only"/> says.</exception>
    Task SetWeightAsync(QueueKey queue, string key, double? weight, Precondition? only, CancellationToken cancel);

    Task<IReadOnlyList<LimitRule>> GetLimitsAsync(string tenant, CancellationToken cancel);

    /// <returns>The limit's new revision.</returns>
    /// <exception cref="PreconditionFailedException">The limit is not as <paramref name="only"/> says.</exception>
    Task<long> PutLimitAsync(string tenant, LimitRule rule, Precondition? only, DateTimeOffset now, CancellationToken cancel);

    /// <summary>False when there was none.</summary>
    /// <exception cref="PreconditionFailedException">The limit is not as <paramref name="only"/> says.</exception>
    Task<bool> DeleteLimitAsync(string tenant, LimitScope scope, string name, Precondition? only, CancellationToken cancel);

    /// <summary>Writes reservations, and forgets those of the tenant that have expired.</summary>
    Task ReserveAsync(string tenant, IReadOnlyList<RateReservation> reservations, DateTimeOffset now, CancellationToken cancel);

    Task<IReadOnlyList<RateReservation>> GetReservationsAsync(string tenant, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Revision">Another one after each change of what is set of the queue.</param>
public sealed record QueueSetting(string Name, WorkMode Mode, long Revision);

public sealed record FairnessWeight(string Key, double Weight);

/// <summary>Starts of a rate that may have been granted without anyone remembering.</summary>
/// <param name="Until">The latest at which they were granted.</param>
/// <param name="ExpiresAt">From then on they do not count any more.</param>
public sealed record RateReservation(string Key, DateTimeOffset Until, int Count, DateTimeOffset ExpiresAt);

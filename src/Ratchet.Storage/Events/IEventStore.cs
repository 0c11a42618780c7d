using Ratchet.Events;
using Ratchet.Jobs;

namespace Ratchet.Storage.Events;

/// <summary>The history of all jobs, in the order in which it became visible.</summary>
public interface IEventStore
{
    /// <summary>The events next to a place, each with its job's task and queue while the job is there.</summary>
    Task<IReadOnlyList<JobEvent>> ReadAsync(EventRead read, CancellationToken cancel);

    /// <summary>The place of the newest event that readers see; the default when there is none.</summary>
    Task<EventCursor> HeadAsync(CancellationToken cancel);
}

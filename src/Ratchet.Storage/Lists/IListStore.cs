using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Statistics;

namespace Ratchet.Storage.Lists;

/// <summary>
/// What clients filter and sort as they like. It has connections and a limit of time of its own, so that a question that reads much never holds up jobs.
/// </summary>
public interface IListStore
{
    /// <summary>Without payloads.</summary>
    /// <exception cref="ListQueryException">The query is not allowed.</exception>
    /// <exception cref="ListTooCostlyException">It took longer than <see cref="StorageOptions.ListSeconds"/>.</exception>
    Task<ListPage<JobView>> JobsAsync(string tenant, ListQuery<JobField> query, CancellationToken cancel);

    /// <summary>Without outputs and logs.</summary>
    /// <exception cref="ListQueryException">The query is not allowed.</exception>
    /// <exception cref="ListTooCostlyException">It took longer than <see cref="StorageOptions.ListSeconds"/>.</exception>
    Task<ListPage<ExecutionView>> ExecutionsAsync(string tenant, ListQuery<ExecutionField> query, CancellationToken cancel);

    /// <summary>Those of the jobs that are there, without payloads, in no order.</summary>
    Task<IReadOnlyList<JobView>> JobsOfAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel);

    /// <summary>By job, and each job's oldest first; without outputs and logs.</summary>
    Task<IReadOnlyList<ExecutionView>> ExecutionsOfAsync(string tenant, IReadOnlyList<JobId> ids, CancellationToken cancel);

    /// <summary>Jobs by queue and state, each state counted up to <paramref name="most"/> jobs (SCHEDULED and RETRYING together, and those that ended without completing).</summary>
    /// <exception cref="ListTooCostlyException">It took longer than <see cref="StorageOptions.ListSeconds"/>.</exception>
    Task<IReadOnlyList<QueueCount>> CountsAsync(string tenant, int most, CancellationToken cancel);

    /// <summary>The job that an execution belongs to; null when there is no such execution.</summary>
    Task<JobId?> JobOfExecutionAsync(string tenant, Guid execution, CancellationToken cancel);
}

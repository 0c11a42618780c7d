using Ratchet.Lists;

namespace Ratchet.Jobs;

/// <summary>Stateless worker: reads jobs from the store for those who have no access to it. Key: 0.</summary>
[Alias("ratchet.IJobDirectoryGrain")]
public interface IJobDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The job with its executions and payloads; null when the tenant has no such job.</summary>
    [Alias("get")]
    Task<JobView?> GetAsync(string tenant, JobId id, CancellationToken cancel = default);

    /// <summary>What happened to a job, oldest first; empty when the tenant has no such job.</summary>
    [Alias("events")]
    Task<IReadOnlyList<JobEvent>> EventsAsync(string tenant, JobId id, CancellationToken cancel = default);

    /// <summary>Jobs without payloads.</summary>
    /// <exception cref="ListQueryException">The query is not one that <see cref="JobList.Schema"/> allows.</exception>
    /// <exception cref="ListTooCostlyException">It would have to read too much.</exception>
    [Alias("page")]
    Task<ListPage<JobView>> ListAsync(string tenant, ListQuery<JobField> query, CancellationToken cancel = default);

    /// <summary>Executions of all jobs, with the names of task and queue, without outputs and logs.</summary>
    /// <exception cref="ListQueryException">The query is not one that <see cref="ExecutionList.Schema"/> allows.</exception>
    /// <exception cref="ListTooCostlyException">It would have to read too much.</exception>
    [Alias("executions")]
    Task<ListPage<ExecutionView>> ListExecutionsAsync(string tenant, ListQuery<ExecutionField> query, CancellationToken cancel = default);

    /// <summary>One execution with its output and log; null when the tenant has no such execution.</summary>
    [Alias("execution")]
    Task<ExecutionView?> GetExecutionAsync(string tenant, Guid execution, CancellationToken cancel = default);

    /// <summary>Several jobs at once, without executions and payloads; those that are not there are left out.</summary>
    /// <param name="ids">At most <see cref="Limits.ListRows"/>.</param>
    [Alias("get-many")]
    Task<IReadOnlyList<JobView>> GetManyAsync(string tenant, [Immutable] IReadOnlyList<JobId> ids, CancellationToken cancel = default);

    /// <summary>The executions of several jobs at once, each job's oldest first, without outputs and logs.</summary>
    /// <param name="ids">At most <see cref="Limits.ListRows"/>.</param>
    [Alias("executions-of-many")]
    Task<IReadOnlyList<ExecutionView>> GetExecutionsOfManyAsync(string tenant, [Immutable] IReadOnlyList<JobId> ids, CancellationToken cancel = default);
}

/// <summary>What a bulk operation is narrowed to. All given conditions hold.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-filter")]
public sealed record JobFilter
{
    /// <summary>Any of these; empty means all.</summary>
    [Id(0)] public IReadOnlyList<JobState> States { get; init; } = [];
    [Id(1)] public string? Task { get; init; }
    [Id(2)] public string? Queue { get; init; }
}

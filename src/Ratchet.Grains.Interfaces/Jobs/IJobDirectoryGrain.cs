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

    [Alias("list")]
    Task<JobPage> ListAsync(string tenant, JobFilter filter, CancellationToken cancel = default);
}

/// <summary>What a list is narrowed to. All given conditions hold.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-filter")]
public sealed record JobFilter
{
    /// <summary>Any of these; empty means all.</summary>
    [Id(0)] public IReadOnlyList<JobState> States { get; init; } = [];
    [Id(1)] public string? Task { get; init; }
    [Id(2)] public string? Queue { get; init; }
    /// <summary>Only jobs older than this one.</summary>
    [Id(3)] public JobId? Before { get; init; }
    [Id(4)] public int Offset { get; init; }
    /// <summary>1 to <see cref="Limits.ListRows"/>.</summary>
    [Id(5)] public int Limit { get; init; } = 50;
}

/// <summary>Newest first, without payloads; <paramref name="Total"/> counts all that match.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-page")]
public sealed record JobPage([property: Id(0)] IReadOnlyList<JobView> Jobs, [property: Id(1)] long Total);

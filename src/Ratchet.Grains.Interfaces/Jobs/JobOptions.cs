using Ratchet.Limiting;
using Ratchet.Tasks;

namespace Ratchet.Jobs;

/// <summary>What few jobs say for themselves; most have none.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-options")]
public sealed record JobOptions
{
    /// <summary>Longest run of one attempt, instead of the task's own.</summary>
    [Id(0)] public TimeSpan? Timeout { get; init; }
    /// <summary>Instead of the task's own.</summary>
    [Id(1)] public RetryPolicy? Retry { get; init; }
    /// <summary>Limit of the job's concurrency key, where none is set for the key.</summary>
    [Id(2)] public int? ConcurrencyLimit { get; init; }
    /// <summary>Rate of the job's rate key, where none is set for the key.</summary>
    [Id(3)] public RateLimit? RateLimit { get; init; }

    /// <summary>Whether it is recorded, instead of what its task says.</summary>
    [Id(4)] public RecordMode? Record { get; init; }

    /// <summary>True: it shares no result of its task's cache. Null otherwise.</summary>
    [Id(5)] public bool? NoCache { get; init; }

    public static JobOptions? OrNull(JobOptions options) => options == new JobOptions() ? null : options;
}

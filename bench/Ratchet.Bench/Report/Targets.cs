namespace Ratchet.Bench.Report;

/// <summary>What Ratchet sets out to reach. In one place, so that nobody moves one quietly.</summary>
public static class Targets
{
    /// <summary>Warm pipeline against the best peer that keeps its jobs in PostgreSQL.</summary>
    public const double PipelineRatio = 1.2;

    /// <summary>Idle submit to result over HTTP, in milliseconds.</summary>
    public const double LatencyMedian = 3;
    public const double LatencyTail = 10;

    /// <summary>Throughput with a million queued, against a thousand.</summary>
    public const double BacklogRatio = 0.9;

    /// <summary>Peak resident memory of the server with a million queued, in MiB.</summary>
    public const double BacklogMemory = 1_024;

    /// <summary>Start to ready with a million queued, in seconds.</summary>
    public const double BacklogStart = 5;

    /// <summary>Transactions a second of an idle server with a million scheduled, and CPU in percent of a core.</summary>
    public const double IdleTransactions = 5;
    public const double IdleCpu = 2;

    /// <summary>Throughput with a limit on each of 100,000 keys, against none.</summary>
    public const double LimitsRatio = 0.9;

    /// <summary>Jobs a second by submits of a thousand each, and how many times REST's cost GraphQL may have for the same list.</summary>
    public const double BulkJobs = 30_000;
    public const double GraphQLCost = 1.5;

    /// <summary>From an event to a thousand followers, in milliseconds.</summary>
    public const double FollowerLag = 250;

    /// <summary>Throughput with a million finished, against the best with fewer.</summary>
    public const double GrowthRatio = 0.85;
}

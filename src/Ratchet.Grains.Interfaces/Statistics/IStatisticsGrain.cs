using Ratchet.Jobs;

namespace Ratchet.Statistics;

/// <summary>
/// How a tenant's jobs do, for dashboards that ask often: what the store counts, up to a bound, and what the live nodes remember of the last hour. Answers are kept for some seconds,
/// so that any number of askers costs what one does. Key: the tenant.
/// </summary>
[Alias("ratchet.IStatisticsGrain")]
public interface IStatisticsGrain : IGrainWithStringKey
{
    /// <param name="window">What wait and run times and failures are of; 10 s to 1 h.</param>
    [Alias("get"), Orleans.Concurrency.AlwaysInterleave]
    Task<StatisticsView> GetAsync(TimeSpan window);
}

[GenerateSerializer, Immutable, Alias("ratchet.statistics-view")]
public sealed record StatisticsView
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    /// <summary>Jobs by queue and state; each state is counted up to <see cref="Limits.CountedRows"/> jobs.</summary>
    [Id(1)] public required IReadOnlyList<QueueCount> Queues { get; init; }
    /// <summary>States of which there are more than were counted.</summary>
    [Id(2)] public required IReadOnlyList<JobState> More { get; init; }
    /// <summary>What the last minute and the last hour have seen, on nodes that are alive, since their start.</summary>
    [Id(3)] public required Throughput Minute { get; init; }
    [Id(4)] public required Throughput Hour { get; init; }
    [Id(5)] public required TimeSpan Window { get; init; }
    /// <summary>Attempts of the window that failed, by kind.</summary>
    [Id(6)] public required IReadOnlyDictionary<FailureKind, long> Failures { get; init; }
    /// <summary>From when a job was ready to the start of its attempt.</summary>
    [Id(7)] public required TimesView Wait { get; init; }
    /// <summary>From an attempt's start to its end.</summary>
    [Id(8)] public required TimesView Run { get; init; }
    /// <summary>Nodes that have answered.</summary>
    [Id(9)] public required int Nodes { get; init; }

    /// <summary>All queues together.</summary>
    public IReadOnlyDictionary<JobState, long> States => Queues.GroupBy(q => q.State).ToDictionary(g => g.Key, g => g.Sum(q => q.Count));
}

[GenerateSerializer, Immutable, Alias("ratchet.queue-count")]
public readonly record struct QueueCount([property: Id(0)] string Queue, [property: Id(1)] JobState State, [property: Id(2)] long Count);

/// <param name="Completed">Attempts that completed their job.</param>
/// <param name="Failed">Attempts that failed, whether they are made again or not.</param>
/// <param name="PerSecond">Completed jobs a second, over as much of the time as the nodes have been there.</param>
[GenerateSerializer, Immutable, Alias("ratchet.throughput")]
public sealed record Throughput([property: Id(0)] long Completed, [property: Id(1)] long Failed, [property: Id(2)] double PerSecond);

/// <summary>Times of a window, each no more than a tenth too long.</summary>
/// <param name="P50">Null when there were none.</param>
[GenerateSerializer, Immutable, Alias("ratchet.times-view")]
public sealed record TimesView([property: Id(0)] long Count, [property: Id(1)] TimeSpan? P50, [property: Id(2)] TimeSpan? P95, [property: Id(3)] TimeSpan? P99);

/// <summary>What one node remembers of a tenant's attempts.</summary>
/// <param name="Since">From when on: its start, or an hour ago.</param>
/// <param name="Failures">Of the window, by kind, as the two that follow by <see cref="TimeBuckets"/>.</param>
[GenerateSerializer, Immutable, Alias("ratchet.node-statistics")]
public sealed record NodeStatistics(
    [property: Id(0)] DateTimeOffset Since,
    [property: Id(1)] long CompletedMinute,
    [property: Id(2)] long FailedMinute,
    [property: Id(3)] long CompletedHour,
    [property: Id(4)] long FailedHour,
    [property: Id(5)] IReadOnlyList<long> Failures,
    [property: Id(6)] IReadOnlyList<long> Waits,
    [property: Id(7)] IReadOnlyList<long> Runs);

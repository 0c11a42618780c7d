using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Queues;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Statistics;

namespace Ratchet.Gateway.GraphQL.Schema.Statistics;

internal static class StatisticsFields
{
    /// <summary>What subscribers see.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(10), MostWindow = TimeSpan.FromHours(1);

    public static readonly ObjectFields<StatisticsView> Statistics = new("Statistics")
    {
        { "at", all => all.At },
        { "counts", all => Counts(all.States.Select(s => (s.Key, s.Value))) },
        { "more", all => all.More.Select(s => s.Name()) },
        { "queues", all => all.Queues.GroupBy(q => q.Queue).Select(q => new QueueCounts(q.Key, Counts(q.Select(c => (c.State, c.Count))))) },
        { "throughput", all => all },
        { "window", all => all.Window },
        { "failures", all => all.Failures.OrderByDescending(f => f.Value).Select(f => new FailureCount(f.Key, f.Value)) },
        { "wait", all => all.Wait },
        { "run", all => all.Run },
        { "nodes", all => all.Nodes },
    };

    public static readonly ObjectFields<QueueCounts> Queue = new("QueueCounts") { { "name", queue => queue.Name }, { "queue", (queue, call) => call.Queue(queue.Name) }, { "counts", queue => queue.Counts } };

    public static readonly ObjectFields<StatisticsView> OfTimes = new("ThroughputOfTimes") { { "minute", all => all.Minute }, { "hour", all => all.Hour } };

    public static readonly ObjectFields<Throughput> Throughput = new("Throughput")
    {
        { "completed", throughput => throughput.Completed },
        { "failed", throughput => throughput.Failed },
        { "perSecond", throughput => Math.Round(throughput.PerSecond, 2) },
    };

    public static readonly ObjectFields<FailureCount> Failure = new("FailureCount") { { "kind", failure => failure.Kind.ToString() }, { "count", failure => failure.Count } };

    public static readonly ObjectFields<TimesView> Times = new("Times")
    {
        { "count", times => times.Count },
        { "p50Ms", times => Milliseconds(times.P50) },
        { "p95Ms", times => Milliseconds(times.P95) },
        { "p99Ms", times => Milliseconds(times.P99) },
    };

    public static readonly RootFields Queries = new("Query") { { "statistics", call => ReadAsync(call) } };

    /// <summary>Whether something was counted since: what is worked out over time alone changes all the time.</summary>
    public static bool Differ(StatisticsView one, StatisticsView other) =>
        (one.Minute.Completed, one.Minute.Failed, one.Hour.Completed, one.Hour.Failed, one.Nodes) != (other.Minute.Completed, other.Minute.Failed, other.Hour.Completed, other.Hour.Failed, other.Nodes)
        || !one.Queues.ToHashSet().SetEquals(other.Queues);

    private static Task<StatisticsView> ReadAsync(FieldCall call)
    {
        TimeSpan window = call.Arg<TimeSpan?>("window") ?? Window;
        if (window < LeastWindow || window > MostWindow) throw new ProblemException(Problem.InvalidField("/window", "window must be a duration from \"10s\" to \"1h\"."));
        return call.Grains.GetGrain<IStatisticsGrain>(call.Tenant).GetAsync(window);
    }

    private static StateCount[] Counts(IEnumerable<(JobState State, long Count)> counts) => [.. counts.OrderBy(c => c.State).Select(c => new StateCount(c.State, c.Count))];

    private static double? Milliseconds(TimeSpan? time) => time is { } value ? Math.Round(value.TotalMilliseconds, 1) : null;
}

internal sealed record QueueCounts(string Name, IReadOnlyList<StateCount> Counts);

internal sealed record FailureCount(FailureKind Kind, long Count);

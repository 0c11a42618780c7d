using Orleans.Concurrency;
using Orleans.Runtime;
using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Statistics;
using Ratchet.Storage;
using Ratchet.Workers;

namespace Ratchet.Grains.Statistics;

/// <summary>See <see cref="IStatisticsGrain"/>.</summary>
[Reentrant]
public sealed class StatisticsGrain(IStore store, NodeDirectory nodes, TimeProvider time) : Grain, IStatisticsGrain
{
    /// <summary>How old an answer may be: what nodes remember, and what the store counts, which costs it up to a second.</summary>
    private static readonly TimeSpan FreshNodes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FreshCounts = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostWindow = TimeSpan.FromHours(1);

    private readonly Dictionary<TimeSpan, (long At, Task<NodeStatistics[]> Answer)> answers = [];
    private (long At, Task<IReadOnlyList<QueueCount>> Answer)? counts;

    private string Tenant => this.GetPrimaryKeyString();

    public async Task<StatisticsView> GetAsync(TimeSpan window)
    {
        window = window < LeastWindow ? LeastWindow : window > MostWindow ? MostWindow : TimeSpan.FromSeconds(10 * (long)(window.TotalSeconds / 10));
        IReadOnlyList<QueueCount> queues = await CountsAsync();
        NodeStatistics[] seen = await SeenAsync(window);
        DateTimeOffset now = time.GetUtcNow();
        double known = seen.Length == 0 ? 1 : Math.Max(1, seen.Max(s => (now - s.Since).TotalSeconds));
        long minute = seen.Sum(s => s.CompletedMinute), hour = seen.Sum(s => s.CompletedHour);
        return new StatisticsView
        {
            At = now,
            Queues = queues,
            More = [.. queues.GroupBy(q => q.State).Where(g => g.Sum(q => q.Count) >= Limits.CountedRows).Select(g => g.Key)],
            Minute = new Throughput(minute, seen.Sum(s => s.FailedMinute), minute / Math.Min(60, known)),
            Hour = new Throughput(hour, seen.Sum(s => s.FailedHour), hour / Math.Min(3_600, known)),
            Window = window,
            Failures = Enum.GetValues<FailureKind>().Select(k => (Kind: k, Count: seen.Sum(s => s.Failures[(int)k]))).Where(f => f.Count > 0).ToDictionary(f => f.Kind, f => f.Count),
            Wait = TimeBuckets.View(Sum(seen, s => s.Waits)),
            Run = TimeBuckets.View(Sum(seen, s => s.Runs)),
            Nodes = seen.Length,
        };
    }

    private Task<IReadOnlyList<QueueCount>> CountsAsync()
    {
        if (counts is { } kept && !kept.Answer.IsFaulted && time.GetElapsedTime(kept.At) < FreshCounts) return kept.Answer;
        Task<IReadOnlyList<QueueCount>> answer = store.Lists.CountsAsync(Tenant, Limits.CountedRows, CancellationToken.None);
        counts = (time.GetTimestamp(), answer);
        return answer;
    }

    private Task<NodeStatistics[]> SeenAsync(TimeSpan window)
    {
        foreach ((TimeSpan old, _) in answers.Where(a => time.GetElapsedTime(a.Value.At) >= FreshNodes).ToArray()) answers.Remove(old);
        if (answers.TryGetValue(window, out (long At, Task<NodeStatistics[]> Answer) kept)) return kept.Answer;
        Task<NodeStatistics[]> answer = AskAsync(window);
        answers[window] = (time.GetTimestamp(), answer);
        return answer;
    }

    private async Task<NodeStatistics[]> AskAsync(TimeSpan window) => [.. (await Task.WhenAll(nodes.Live().Select(n => AskAsync(n.Name, window)))).OfType<NodeStatistics>()];

    private async Task<NodeStatistics?> AskAsync(string node, TimeSpan window)
    {
        try
        {
            return await GrainFactory.GetGrain<IWorkerNodeGrain>(node).StatisticsAsync(Tenant, window);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Just leaving, or just dead and not known to be.
            return null;
        }
    }

    private static long[] Sum(NodeStatistics[] seen, Func<NodeStatistics, IReadOnlyList<long>> of)
    {
        long[] sum = new long[TimeBuckets.Count];
        foreach (NodeStatistics one in seen)
        {
            for (int i = 0; i < sum.Length; i++) sum[i] += of(one)[i];
        }

        return sum;
    }
}

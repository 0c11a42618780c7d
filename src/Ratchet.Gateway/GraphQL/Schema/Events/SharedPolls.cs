using System.Collections.Concurrent;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Statistics;
using Ratchet.Statistics;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>What the subscribers of a gateway look at together: the workers, and each tenant's statistics.</summary>
internal sealed class SharedPolls
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Of tenants whose subscribers have all gone; they cost nothing but their place.</summary>
    private const int MostIdle = 1_000;

    private readonly ConcurrentDictionary<string, SharedPoll<StatisticsView>> statistics = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private SharedPoll<IReadOnlyList<WorkerNodeView>>? workers;

    public IAsyncEnumerable<IReadOnlyList<WorkerNodeView>> Workers(GraphServices services, CancellationToken cancel)
    {
        lock (gate) workers ??= new SharedPoll<IReadOnlyList<WorkerNodeView>>(services, "workers", Interval, () => services.Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync());
        return workers.FollowAsync(cancel);
    }

    public IAsyncEnumerable<StatisticsView> Statistics(GraphServices services, string tenant, CancellationToken cancel)
    {
        if (statistics.Count > MostIdle)
        {
            foreach ((string other, SharedPoll<StatisticsView> poll) in statistics)
            {
                if (other != tenant && poll.Idle) statistics.TryRemove(other, out _);
            }
        }

        return statistics.GetOrAdd(tenant, of => new SharedPoll<StatisticsView>(services, "statistics", Interval, () => services.Grains.GetGrain<IStatisticsGrain>(of).GetAsync(StatisticsFields.Window))).FollowAsync(cancel);
    }
}

using System.Runtime.CompilerServices;
using Ratchet.Gateway.Events;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Statistics;
using Ratchet.Statistics;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>The sources of subscriptions: each is pulled by its subscriber, and keeps nothing for one who does not come.</summary>
internal sealed class Subscriptions(EventHub hub)
{
    private readonly SharedPolls polls = new();

    public RootFields Fields => new("Subscription")
    {
        { "jobEvents", call => hub.FollowAsync(call.Tenant, EventFilters.After(call.Call.ResumeAfter ?? call.Arg<string>("after")), EventFilters.Of(call), call.Cancel) },
        { "executionLogs", LogSubscription.Open },
        { "workerEvents", call => WorkersAsync(call.Call, call.Cancel) },
        { "stats", call => StatsAsync(call.Call, call.Cancel) },
    };

    public static readonly ObjectFields<WorkerChange> Worker = new("WorkerEvent") { { "at", change => change.At }, { "kind", change => change.Kind }, { "worker", change => change.Worker } };

    private async IAsyncEnumerable<object> WorkersAsync(GraphCall call, [EnumeratorCancellation] CancellationToken cancel)
    {
        Dictionary<string, WorkerNodeView>? known = null;
        await foreach (IReadOnlyList<WorkerNodeView> workers in polls.Workers(call.Services, cancel))
        {
            Dictionary<string, WorkerNodeView> now = workers.ToDictionary(w => w.Incarnation);
            foreach (WorkerChange change in Changes(known, now, call.Services.Time.GetUtcNow())) yield return change;
            known = now;
        }
    }

    private static IEnumerable<WorkerChange> Changes(Dictionary<string, WorkerNodeView>? known, Dictionary<string, WorkerNodeView> now, DateTimeOffset at)
    {
        foreach ((string incarnation, WorkerNodeView worker) in now)
        {
            if (known is null) yield return new WorkerChange(at, "PRESENT", worker);
            else if (!known.TryGetValue(incarnation, out WorkerNodeView? before)) yield return new WorkerChange(at, "JOINED", worker);
            else if ((before.Draining, before.Capacity) != (worker.Draining, worker.Capacity)) yield return new WorkerChange(at, "CHANGED", worker);
        }

        foreach ((string incarnation, WorkerNodeView worker) in known ?? [])
        {
            if (!now.ContainsKey(incarnation)) yield return new WorkerChange(at, "LEFT", worker);
        }
    }

    private async IAsyncEnumerable<object> StatsAsync(GraphCall call, [EnumeratorCancellation] CancellationToken cancel)
    {
        StatisticsView? last = null;
        await foreach (StatisticsView now in polls.Statistics(call.Services, call.Tenant, cancel))
        {
            if (last is not null && !StatisticsFields.Differ(last, now)) continue;
            last = now;
            yield return now;
        }
    }
}

/// <param name="Kind">PRESENT, JOINED, LEFT or CHANGED.</param>
internal sealed record WorkerChange(DateTimeOffset At, string Kind, WorkerNodeView Worker);

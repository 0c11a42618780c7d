using Orleans.Runtime;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Queues;
using Ratchet.Health;
using Ratchet.Queues;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema.Health;

internal static class HealthFields
{
    /// <summary>A dependency that has not answered by then is not ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static readonly ObjectFields<HealthReport> Health = new("Health") { { "ready", report => report.Components.All(c => c.Ready) }, { "components", report => report.Components } };

    public static readonly ObjectFields<ComponentHealth> Component = new("ComponentHealth")
    {
        { "name", component => component.Name },
        { "ready", component => component.Ready },
        { "detail", component => component.Detail },
        { "latencyMs", component => Math.Round(component.LatencyMs, 2) },
    };

    public static readonly ObjectFields<Totals> Statistics = new("Statistics")
    {
        { "at", totals => totals.At },
        { "counts", totals => totals.Counts },
        { "queues", totals => totals.Queues },
        { "inFlight", totals => totals.InFlight },
        { "workers", totals => totals.Workers },
        { "capacity", totals => totals.Capacity },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "health", call => CheckAsync(call.Call) },
        { "statistics", call => TotalsAsync(call.Call) },
    };

    /// <summary>How much there is now.</summary>
    public static async Task<Totals> TotalsAsync(GraphCall call)
    {
        Task<IReadOnlyList<QueueView>> queues = call.Grains.GetGrain<IQueueDirectoryGrain>(0).ListAsync(call.Tenant, call.Cancel);
        IReadOnlyList<WorkerNodeView> workers = await call.Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync();
        IReadOnlyList<QueueView> all = await queues;
        StateCount[] counts = [.. all.SelectMany(q => q.Counts).GroupBy(c => c.Key).OrderBy(g => g.Key).Select(g => new StateCount(g.Key, g.Sum(c => c.Value)))];
        return new Totals(call.Services.Time.GetUtcNow(), counts, all.Count, all.Sum(q => q.Stats.InFlight), workers.Count, workers.Sum(w => w.Capacity));
    }

    private static async Task<HealthReport> CheckAsync(GraphCall call)
    {
        if (call.Services.Stopping.IsCancellationRequested) return new HealthReport([new ComponentHealth("server", false, "The server is stopping.", 0)]);
        try
        {
            return new HealthReport(await call.Grains.GetGrain<IHealthGrain>(0).CheckAsync(call.Cancel).WaitAsync(Patience, call.Services.Time, call.Cancel));
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            return new HealthReport([new ComponentHealth("silo", false, "No silo answered in time.", Patience.TotalMilliseconds)]);
        }
    }
}

internal sealed record HealthReport(IReadOnlyList<ComponentHealth> Components);

internal sealed record Totals(DateTimeOffset At, IReadOnlyList<StateCount> Counts, int Queues, int InFlight, int Workers, int Capacity)
{
    /// <summary>Whether it says something else than the one before.</summary>
    public bool Differs(Totals? other) => other is null || (Queues, InFlight, Workers, Capacity) != (other.Queues, other.InFlight, other.Workers, other.Capacity) || !Counts.SequenceEqual(other.Counts);
}

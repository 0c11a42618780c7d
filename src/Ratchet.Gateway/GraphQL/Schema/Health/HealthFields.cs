using Orleans.Runtime;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Health;

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

    public static readonly RootFields Queries = new("Query") { { "health", call => CheckAsync(call.Call) } };

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

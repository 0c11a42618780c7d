using Orleans.Concurrency;
using Ratchet.Execution.Nodes;
using Ratchet.Health;
using Ratchet.Storage;

namespace Ratchet.Grains.Health;

/// <summary>See <see cref="IHealthGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class HealthGrain(IStore store, NodeAgent agent, SiloReadiness readiness, TimeProvider time) : Grain, IHealthGrain
{
    public async Task<IReadOnlyList<ComponentHealth>> CheckAsync(CancellationToken cancel) =>
    [
        await StoreAsync(cancel),
        new ComponentHealth("worker", !agent.Draining, agent.Draining ? "The node drains." : "The node takes jobs.", 0),
        new ComponentHealth("sandboxes", agent.Trouble is null && (agent.Draining || agent.Capacity > 0), agent.Trouble ?? $"Room for {agent.Capacity} jobs, {agent.Running} run.", 0),
        new ComponentHealth("isolation", true, $"Sandboxes are isolated by {agent.Walls.Name}{(agent.Walls.User is { } user ? $" and run as user {user}" : "")}.", 0),
        new ComponentHealth("tasks", readiness.Tasks is not null, readiness.Tasks ?? "The task sources are being read.", 0),
        new ComponentHealth("submits", readiness.IsRehearsed, readiness.IsRehearsed ? "Submits are taken." : "The first submit is being rehearsed.", 0),
    ];

    private async Task<ComponentHealth> StoreAsync(CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        try
        {
            await store.PingAsync(cancel);
            return new ComponentHealth("store", true, $"{store.Provider} at {store.Location}", time.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (StoreUnavailableException e)
        {
            return new ComponentHealth("store", false, e.Message, time.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}

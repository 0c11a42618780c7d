using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Ratchet.Grains.Workers;

/// <summary>Places a WorkerNodeGrain on the silo whose name is its key.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.node-placement")]
public sealed class NodePlacement : PlacementStrategy
{
    internal static NodePlacement Singleton { get; } = new();
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class NodePlacementAttribute() : PlacementAttribute(NodePlacement.Singleton);

/// <summary>Director of <see cref="NodePlacement"/>.</summary>
public sealed class NodePlacementDirector(NodeDirectory directory) : IPlacementDirector
{
    /// <exception cref="OrleansException">No live silo has that name.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        string name = target.GrainIdentity.Key.ToString()!;
        return Task.FromResult(directory.Find(name) ?? throw new OrleansException($"No worker node named '{name}' is alive."));
    }
}

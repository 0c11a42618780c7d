using System.Globalization;
using Orleans.Runtime;
using Ratchet.Workers;

namespace Ratchet.Grains.Workers;

/// <summary>The worker nodes of the cluster, read off its membership: a node is a silo.</summary>
public sealed class NodeDirectory(ISiloStatusOracle silos)
{
    /// <summary>Nodes that membership holds for alive, this one included.</summary>
    public IReadOnlyList<LiveNode> Live()
    {
        var live = new List<LiveNode>();
        foreach (SiloAddress address in silos.GetApproximateSiloStatuses(onlyActive: true).Keys)
        {
            if (silos.TryGetSiloName(address, out string? name)) live.Add(new LiveNode(name, IncarnationOf(name, address)));
        }

        return live;
    }

    /// <summary>The address of a node's silo, or null when there is none alive by that name.</summary>
    public SiloAddress? Find(string name)
    {
        foreach (SiloAddress address in silos.GetApproximateSiloStatuses(onlyActive: true).Keys)
        {
            if (silos.TryGetSiloName(address, out string? candidate) && candidate == name) return address;
        }

        return null;
    }

    /// <summary>Another start of the same node has another generation, and is another incarnation.</summary>
    public static string IncarnationOf(string name, SiloAddress address) =>
        NodeIncarnation.Of(name, string.Create(CultureInfo.InvariantCulture, $"{address.Endpoint}:{address.Generation}"));
}

public sealed record LiveNode(string Name, string Incarnation);

using Orleans.Runtime;

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
            if (silos.TryGetSiloName(address, out string? name)) live.Add(new LiveNode(name, IncarnationOf(address)));
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

    /// <summary>Address, port and generation: another start of the same node is another incarnation.</summary>
    public static string IncarnationOf(SiloAddress address) => address.ToParsableString();
}

public sealed record LiveNode(string Name, string Incarnation);

namespace Ratchet.Grains.Queues;

/// <summary>How a queue chooses among nodes with room; <c>Queues:Balance</c>.</summary>
public enum NodeBalance
{
    /// <summary>Of two nodes picked at random, the one with more free room (M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001).</summary>
    PowerOfTwo = 0,

    /// <summary>One after the other.</summary>
    RoundRobin = 1,

    /// <summary>At random, in proportion to the capacity of each.</summary>
    Weighted = 2,
}

/// <summary>Chooses the node for the next part of a hand-out. Nodes without room are never chosen.</summary>
/// <param name="random">A number in [0, 1).</param>
internal sealed class NodePicker(NodeBalance balance, Func<double> random)
{
    private int turn;

    /// <returns>Null when no node has room.</returns>
    public NodeLink? Pick(IReadOnlyList<NodeLink> nodes)
    {
        int open = 0;
        for (int i = 0; i < nodes.Count; i++) open += nodes[i].Open ? 1 : 0;
        if (open == 0) return null;
        return balance switch
        {
            NodeBalance.RoundRobin => Nth(nodes, turn++ % open),
            NodeBalance.Weighted => ByWeight(nodes),
            _ => BetterOfTwo(nodes, open),
        };
    }

    private NodeLink BetterOfTwo(IReadOnlyList<NodeLink> nodes, int open)
    {
        NodeLink first = Nth(nodes, (int)(random() * open));
        if (open == 1) return first;
        NodeLink second = Nth(nodes, (int)(random() * open));
        return second.Free > first.Free ? second : first;
    }

    private NodeLink? ByWeight(IReadOnlyList<NodeLink> nodes)
    {
        double left = random() * nodes.Where(n => n.Open).Sum(n => (double)n.Capacity);
        NodeLink? last = null;
        foreach (NodeLink node in nodes.Where(n => n.Open))
        {
            last = node;
            left -= node.Capacity;
            if (left < 0) break;
        }

        return last;
    }

    private static NodeLink Nth(IReadOnlyList<NodeLink> nodes, int n)
    {
        for (int i = 0; ; i++)
        {
            if (nodes[i].Open && n-- == 0) return nodes[i];
        }
    }
}

namespace Ratchet.Grains.Queues;

/// <summary>The lanes of one fairness key, which take turns with those of the others.</summary>
internal sealed class Share(string? key, double weight)
{
    public string? Key { get; } = key;

    /// <summary>Turns for each turn of a share with weight 1.</summary>
    public double Weight { get; set; } = weight;

    /// <summary>Lanes in memory.</summary>
    public int Lanes { get; set; }

    /// <summary>Virtual time: turns taken, divided by the weight.</summary>
    public double Time { get; set; }

    /// <summary>Lanes with a job that may go, by the best of each.</summary>
    public PriorityQueue<(Lane Lane, int Version), ReadyOrder> Turns { get; } = new();

    /// <summary>How many lanes are in <see cref="Turns"/> for good.</summary>
    public int Ready { get; set; }

    public int Version { get; set; }
    public (double Time, ReadyOrder Head)? Turn { get; set; }

    /// <summary>The lane whose best goes first within this share.</summary>
    public Lane? Best(out ReadyOrder head)
    {
        while (Turns.TryPeek(out (Lane Lane, int Version) next, out head))
        {
            if (next.Version == next.Lane.Version) return next.Lane;
            Turns.Dequeue();
        }

        return null;
    }
}

namespace Ratchet.Grains.Queues;

/// <summary>Section <c>Queues</c> of the configuration.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queues";

    /// <summary>Ready jobs that a queue holds in memory, apart from a few of every lane; 100 to 1,000,000. A backlog beyond it costs rows, not memory.</summary>
    public int Window { get; set; } = 10_000;

    /// <summary>Most jobs in one hand-out to a node; 1 to 10,000.</summary>
    public int HandOutBatch { get; set; } = 256;

    /// <summary>Most rows of one promotion of due jobs, or of one taking back from dead nodes; 1 to 10,000.</summary>
    public int StoreBatch { get; set; } = 1_000;

    /// <summary>Period of the watchdog that wakes a queue's grain and lets it look at the store; at least a minute.</summary>
    public TimeSpan Watchdog { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How nodes with room are chosen.</summary>
    public NodeBalance Balance { get; set; } = NodeBalance.PowerOfTwo;
}

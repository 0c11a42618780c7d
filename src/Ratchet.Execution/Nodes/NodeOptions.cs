namespace Ratchet.Execution.Nodes;

/// <summary>Section <c>Node</c> of the configuration.</summary>
public sealed class NodeOptions
{
    public const string Section = "Node";

    /// <summary>The node's name in the cluster, unique; the machine's name and the silo's port by default.</summary>
    public string? Name { get; set; }

    /// <summary>How long a stopping node lets its executions go on before it interrupts them and hands their jobs back; 0 to 10 min.</summary>
    public TimeSpan DrainPatience { get; set; } = TimeSpan.FromSeconds(10);
}

namespace Ratchet.Execution.Nodes;

/// <summary>Section <c>Node</c> of the configuration.</summary>
public sealed class NodeOptions
{
    public const string Section = "Node";

    /// <summary>The node's name in the cluster, unique; the machine's name and the silo's port by default.</summary>
    public string? Name { get; set; }

    /// <summary>How long a stopping node lets its executions go on before it interrupts them and hands their jobs back; 0 to 10 min.</summary>
    public TimeSpan DrainPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop may take, the draining included, before the process gives up what still hangs and ends with 1, 5 s later; 1 s to 1 h.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <exception cref="RatchetException">A value is out of its range; the message names the setting, the value and the range.</exception>
    public void Validate()
    {
        Require(nameof(DrainPatience), DrainPatience, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Require(nameof(StopTimeout), StopTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }

    private static void Require(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) throw new RatchetException($"{Section}:{name} is {value}; it must be from {least} to {most}.");
    }
}

namespace Ratchet.Grains.Health;

/// <summary>How far this silo's start has come; read by its health grain.</summary>
public sealed class SiloReadiness
{
    private volatile string? tasks;

    /// <summary>Says that the task sources were read, and what came of it.</summary>
    public void TasksLoaded(string summary) => tasks = summary;

    /// <summary>Null until the task sources were read.</summary>
    public string? Tasks => tasks;
}

namespace Ratchet.Grains.Health;

/// <summary>How far this silo's start has come; read by its health grain.</summary>
public sealed class SiloReadiness
{
    private volatile string? tasks;
    private volatile bool rehearsed;

    /// <summary>Says that the task sources were read, and what came of it.</summary>
    public void TasksLoaded(string summary) => tasks = summary;

    /// <summary>Says that a submit takes no longer than any other from now on.</summary>
    public void Rehearsed() => rehearsed = true;

    public bool IsRehearsed => rehearsed;

    /// <summary>Null until the task sources were read.</summary>
    public string? Tasks => tasks;
}

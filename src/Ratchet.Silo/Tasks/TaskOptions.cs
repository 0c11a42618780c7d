namespace Ratchet.Silo.Tasks;

/// <summary>Section <c>Tasks</c>.</summary>
public sealed class TaskOptions
{
    public const string Section = "Tasks";

    /// <summary>Used when no source is named and the folder is there.</summary>
    public const string DefaultSource = "samples/tasks";

    /// <summary>Folders that hold tasks, or are one; read at start.</summary>
    public string[] Sources { get; set; } = [];
}

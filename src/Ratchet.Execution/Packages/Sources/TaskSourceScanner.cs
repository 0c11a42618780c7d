namespace Ratchet.Execution.Packages.Sources;

/// <summary>Finds and reads the tasks of directories, once.</summary>
public static class TaskSourceScanner
{
    /// <summary>How far below a directory of tasks a task's folder is looked for, unless it is said.</summary>
    public const int DefaultDepth = 5;

    public static TaskScan Scan(IEnumerable<string> directories)
    {
        IEnumerable<string> places = directories.Select(Path.GetFullPath).Distinct().SelectMany(directory => TaskPlaces.In(directory, DefaultDepth, out _));
        return TaskConflicts.Resolve([.. places.Select(TaskPackageReader.Read)]);
    }
}

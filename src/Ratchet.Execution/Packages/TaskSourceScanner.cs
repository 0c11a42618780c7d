namespace Ratchet.Execution.Packages;

/// <summary>
/// Finds the tasks in directories (<c>--tasks DIR</c>): a directory that is a task itself, or else its subfolders with a <c>metadata.json</c> and its zips.
/// A source of another kind (git, HTTP) only has to bring its readings to <see cref="TaskConflicts"/>.
/// </summary>
public static class TaskSourceScanner
{
    public static TaskScan Scan(IEnumerable<string> directories)
    {
        List<TaskReading> readings = [];
        foreach (string directory in directories.Select(Path.GetFullPath).Distinct())
        {
            readings.AddRange(Places(directory).Select(TaskPackageReader.Read));
        }

        return TaskConflicts.Resolve(readings);
    }

    private static IEnumerable<string> Places(string directory)
    {
        // A directory that is not there is read as a place, which says so.
        if (!Directory.Exists(directory) || TaskPackageReader.LooksLikeTask(directory)) return [directory];
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Where(TaskPackageReader.LooksLikeTask).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [directory];
        }
    }
}

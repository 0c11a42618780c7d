namespace Ratchet.Execution.Packages.Sources;

/// <summary>
/// Finds the tasks below a directory: one that is a task itself, or else its zips and every folder in it that has a <c>metadata.json</c>, at whatever depth: so a working tree of git
/// is a source as it is. Nothing is looked for within a task, in folders whose names begin with a dot (<c>.git</c>), and in <c>node_modules</c>.
/// </summary>
internal static class TaskPlaces
{
    /// <summary>Most folders that are looked at; a source that has more is most likely not the folder that was meant.</summary>
    internal const int MostFolders = 20_000;

    /// <param name="depth">How far below the directory a task's folder may be; 1: right in it.</param>
    /// <param name="cut">Whether there were more folders than are looked at.</param>
    public static IReadOnlyList<string> In(string directory, int depth, out bool cut)
    {
        cut = false;
        // A directory that is not there is read as a place, which says so.
        if (!Directory.Exists(directory) || TaskPackageReader.LooksLikeTask(directory)) return [directory];
        var places = new List<string>();
        int left = MostFolders;
        try
        {
            // A zip deeper down is an asset of something, more likely than a task.
            places.AddRange(Directory.EnumerateFiles(directory).Where(TaskPackageReader.LooksLikeTask));
            Walk(directory, depth, inner: false, places, ref left);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [directory];
        }

        cut = left == 0;
        places.Sort(StringComparer.Ordinal);
        return places;
    }

    /// <summary>Whether a name is of a folder that holds none of the tasks meant.</summary>
    public static bool IsIgnored(ReadOnlySpan<char> folder) => folder.StartsWith(".") || folder.SequenceEqual("node_modules");

    /// <param name="inner">Deeper down a metadata.json alone may be anybody's; right in the directory it is a task that lacks something.</param>
    private static void Walk(string directory, int depth, bool inner, List<string> places, ref int left)
    {
        foreach (string folder in Directory.EnumerateDirectories(directory))
        {
            if (left == 0) return;
            if (IsIgnored(Path.GetFileName(folder.AsSpan()))) continue;
            left--;
            if (TaskPackageReader.LooksLikeTask(folder) && (!inner || File.Exists(Path.Join(folder, TaskFileNames.MainJs)))) places.Add(folder);
            // A link to a folder may lead round in a circle.
            else if (depth > 1 && new DirectoryInfo(folder).LinkTarget is null) WalkInto(folder, depth - 1, places, ref left);
        }
    }

    /// <summary>A folder that cannot be read, or has just gone, hides nothing beside it.</summary>
    private static void WalkInto(string folder, int depth, List<string> places, ref int left)
    {
        try
        {
            Walk(folder, depth, inner: true, places, ref left);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Read as a place, it says what is wrong; unless it has just gone.
            if (Directory.Exists(folder)) places.Add(folder);
        }
    }
}

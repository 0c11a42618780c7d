namespace Ratchet.Execution.Packages.Sources;

/// <summary>The tasks below a directory, or a single task. A task is read again when one of its files is another one, longer, shorter or newer.</summary>
/// <param name="folder">A directory, or a zip.</param>
/// <param name="depth">See <see cref="TaskPlaces"/>.</param>
public sealed class FolderTaskSource(string folder, int depth, TimeProvider time) : ITaskSource
{
    private Dictionary<string, (string? Stamp, TaskReading Reading)>? known;

    public string Name { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    public Task<IReadOnlyList<TaskReading>?> ReadAsync(CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<string> places = TaskPlaces.In(Name, depth, out bool cut);
        Dictionary<string, (string? Stamp, TaskReading Reading)> found = [];
        bool changed = known is null || known.Count != places.Count + (cut ? 1 : 0);
        foreach (string place in places)
        {
            cancel.ThrowIfCancellationRequested();
            // Before the files: a change while they are read is seen by the next look.
            string? stamp = TaskStamp.Of(place, now);
            if (stamp is not null && known is not null && known.TryGetValue(place, out (string? Stamp, TaskReading Reading) before) && before.Stamp == stamp)
            {
                found[place] = before;
                continue;
            }

            found[place] = (stamp, TaskPackageReader.Read(place));
            changed |= known is null || !known.TryGetValue(place, out before) || !Same(before.Reading, found[place].Reading);
        }

        if (cut) found[Name] = (null, new TaskReading(Name, null, [], [new TaskProblem(Name, 0, 0, $"holds more than {TaskPlaces.MostFolders} folders; tasks beyond these are not looked for. Name the folder that the tasks are in.")]));
        known = found;
        return Task.FromResult<IReadOnlyList<TaskReading>?>(changed ? [.. found.Values.Select(f => f.Reading)] : null);
    }

    /// <summary>Whether a change of this file, as a path below the source, may be one of a task.</summary>
    public static bool Concerns(string? file)
    {
        if (file is null) return true;
        foreach (Range part in file.AsSpan().Split('/'))
        {
            if (TaskPlaces.IsIgnored(file.AsSpan(part))) return false;
        }

        return true;
    }

    private static bool Same(TaskReading a, TaskReading b) => a.Package?.Digest == b.Package?.Digest && a.Package?.Name == b.Package?.Name && a.Problems.SequenceEqual(b.Problems);
}

using Microsoft.Extensions.Logging;
using Ratchet.Execution.Packages.Sources;

namespace Ratchet.Silo.Tasks;

/// <summary>Tells of changes below a folder, or of a file, as far as the operating system tells of them (inotify on Linux).</summary>
internal sealed class FolderWatcher : IDisposable
{
    private readonly FileSystemWatcher? watcher;

    /// <param name="path">A folder or a zip; one that is not there is not watched.</param>
    public FolderWatcher(string path, Action changed, ILogger logger)
    {
        try
        {
            watcher = Directory.Exists(path) ? new FileSystemWatcher(path) { IncludeSubdirectories = true } : new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size;
            FileSystemEventHandler tell = (_, change) =>
            {
                if (FolderTaskSource.Concerns(change.Name)) changed();
            };
            watcher.Created += tell;
            watcher.Changed += tell;
            watcher.Deleted += tell;
            watcher.Renamed += (_, change) =>
            {
                if (FolderTaskSource.Concerns(change.Name) || FolderTaskSource.Concerns(change.OldName)) changed();
            };
            // Too many changes at once, or no room for more watches: what happened is not known, so everything is looked at.
            watcher.Error += (_, error) =>
            {
                TaskSourceLog.NotWatched(logger, path, error.GetException().Message);
                changed();
            };
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            TaskSourceLog.NotWatched(logger, path, e.Message);
        }
    }

    public void Dispose() => watcher?.Dispose();
}

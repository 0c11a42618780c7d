using System.Collections.Frozen;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>Which tasks this silo's sources have: a task stays in the store when its folder goes, and people should see that.</summary>
public sealed class TaskSources
{
    private volatile FrozenDictionary<string, string>? found;
    private volatile FrozenSet<string> unread = FrozenSet<string>.Empty;

    /// <param name="unreadSources">Those that could not be read yet: of what they have nothing is known.</param>
    public void Found(IEnumerable<TaskPackage> packages, IEnumerable<string> unreadSources)
    {
        unread = unreadSources.ToFrozenSet(StringComparer.Ordinal);
        found = packages.DistinctBy(p => p.Name).ToFrozenDictionary(p => p.Name, p => p.Source, StringComparer.Ordinal);
    }

    /// <summary>False as long as nobody has looked, for a task that another node's sources may have, and for one that was sent instead of found.</summary>
    public bool IsGone(TaskPackage package)
    {
        if (found is not { } known || !HasPlace(package.Source) || unread.Contains(package.Source)) return false;
        // A task may have moved since it was stored, or be there and broken.
        return !IsThere(package.Source) && !(known.TryGetValue(package.Name, out string? source) && (!Path.IsPathRooted(source) || IsThere(source)));
    }

    private static bool HasPlace(string source) => Path.IsPathRooted(source) || source.StartsWith("http", StringComparison.Ordinal);

    private static bool IsThere(string path) => Directory.Exists(path) || File.Exists(path);
}

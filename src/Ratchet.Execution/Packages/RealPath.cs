namespace Ratchet.Execution.Packages;

/// <summary>
/// Where a path really leads. Every component is resolved, not only the last: Kubernetes mounts a config map as <c>main.js -> ..data/main.js</c>
/// with <c>..data</c> a link itself, which stays inside the folder and is to work, while a link to a folder outside is not.
/// </summary>
internal static class RealPath
{
    /// <summary>As Linux's own bound on links in one path (path_resolution(7)).</summary>
    private const int MaxLinks = 40;

    /// <exception cref="IOException">More than 40 links, or a component that cannot be read.</exception>
    public static string Of(string path)
    {
        Stack<string> pending = new(Components(Path.GetFullPath(path)).Reverse());
        string resolved = "/";
        for (int links = 0; pending.TryPop(out string? component);)
        {
            if (component == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            string next = Path.Join(resolved, component);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks) throw new IOException($"'{path}' leads through more than {MaxLinks} symbolic links.");
            if (Path.IsPathRooted(target)) resolved = "/";
            foreach (string part in Components(target).Reverse()) pending.Push(part);
        }

        return resolved;
    }

    /// <summary>Both real; true also for the folder itself.</summary>
    public static bool IsWithin(string folder, string path) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);

    private static IEnumerable<string> Components(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>Programs of the system, looked for where the system keeps them and not in whatever PATH the node was given.</summary>
internal static class Tools
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    /// <summary>The program's path; null when it is not installed.</summary>
    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>A sentence that names the package; null when it is there.</summary>
    public static string? Missing(string name, string package) => Find(name) is null ? $"{name} is not installed; install {package} (Debian: apt-get install {package})." : null;
}

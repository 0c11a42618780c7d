namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>The files that a sandbox is shown, where it is shown them, and nothing else: the .NET host and runtime, the sandbox program, the C library and its friends.</summary>
/// <param name="Source">On this machine.</param>
/// <param name="Target">As the sandbox sees it.</param>
internal sealed record FileView(string Source, string Target)
{
    private const string HostFolder = "/ratchet/dotnet";
    private const string ProgramFolder = "/ratchet/sandbox";

    /// <summary>Where the ABI of x86-64 has the dynamic loader.</summary>
    public const string Loader = "/lib64/ld-linux-x86-64.so.2";

    // Debian and its kin; Fedora and its kin; the rest. Those that are there and hold what is looked for.
    private static readonly string[] LibraryFolders = ["/lib64", "/usr/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"];
    private static readonly string[] Libraries = ["ld-linux-x86-64.so.2", "libc.so.6", "libstdc++.so.6"];
    private const string LoaderCache = "/etc/ld.so.cache";

    public static string HostIn(SandboxProgram program) => $"{HostFolder}/{Path.GetFileName(RealHost(program))}";

    public static string AssemblyIn(SandboxProgram program) => $"{ProgramFolder}/{Path.GetFileName(program.Assembly)}";

    /// <summary>Folders and files, each read-only; targets never lie in one another.</summary>
    public static IReadOnlyList<FileView> For(SandboxProgram program)
    {
        string host = RealHost(program), root = Path.GetDirectoryName(host)!;
        List<FileView> views = [.. SystemFolders().Select(folder => new FileView(folder, folder))];
        if (File.Exists(LoaderCache)) views.Add(new FileView(LoaderCache, LoaderCache));
        views.Add(new FileView(host, HostIn(program)));
        // Not the SDK and not the server's frameworks.
        foreach (string part in new[] { "host", "shared/Microsoft.NETCore.App" })
        {
            if (Directory.Exists(Path.Combine(root, part))) views.Add(new FileView(Path.Combine(root, part), $"{HostFolder}/{part}"));
        }
        views.Add(new FileView(Path.GetDirectoryName(program.Assembly)!, ProgramFolder));
        return views;
    }

    /// <summary>The folders above the targets, each after those above it.</summary>
    public static IEnumerable<string> Parents(IReadOnlyList<FileView> views)
    {
        var parents = new SortedSet<string>(StringComparer.Ordinal);
        foreach (FileView view in views)
        {
            for (string? folder = Path.GetDirectoryName(view.Target); folder is { Length: > 1 }; folder = Path.GetDirectoryName(folder)) parents.Add(folder);
        }
        return parents;
    }

    /// <summary>Whether a stranger may read the host and the program; the reason when not.</summary>
    /// <param name="fromRoot">Whether it has to come to them through the folders above them, or is shown them elsewhere.</param>
    public static string? Unreadable(SandboxProgram program, bool fromRoot)
    {
        foreach (string file in new[] { RealHost(program), program.Assembly })
        {
            if (!Others(file, UnixFileMode.OtherRead)) return $"{file} cannot be read by other users; allow it: chmod o+r {file}.";
            for (string? folder = Path.GetDirectoryName(file); folder is not null; folder = fromRoot ? Path.GetDirectoryName(folder) : null)
            {
                if (!Others(folder, UnixFileMode.OtherExecute)) return $"{folder} cannot be entered by other users, and the sandbox program is in it; allow it (chmod o+x {folder}) or install Ratchet elsewhere.";
            }
        }
        return null;
    }

    private static string RealHost(SandboxProgram program) => File.ResolveLinkTarget(program.Host, returnFinalTarget: true)?.FullName ?? program.Host;

    private static IEnumerable<string> SystemFolders()
    {
        string[] found = [.. LibraryFolders.Where(folder => Libraries.Any(library => File.Exists(Path.Combine(folder, library))))];
        // One that lies in another that is shown is there already.
        return found.Where(folder => !found.Any(other => other != folder && folder.StartsWith(other + "/", StringComparison.Ordinal)));
    }

    private static bool Others(string path, UnixFileMode may) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & may) == may;
}

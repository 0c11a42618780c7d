using System.IO.Compression;

namespace Ratchet.Execution.Packages;

/// <summary>
/// Gathers a task's files from a zip, in memory: nothing is ever unpacked to disk. The files are at the zip's root or in its one top folder.
/// </summary>
internal static class TaskArchive
{
    // The upper half of a zip entry's external attributes holds the Unix mode; these bits of it say "symbolic link".
    private const int FileTypeMask = 0xF000;
    private const int SymbolicLink = 0xA000;

    public static void Load(string zip, TaskFiles files)
    {
        string name = Path.GetFileName(zip);
        try
        {
            using FileStream stream = File.OpenRead(zip);
            Load(name, stream, files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            files.Refuse(name, $"cannot be read: {error.Message}");
        }
    }

    /// <param name="name">What problems of the zip itself are said of.</param>
    /// <param name="stream">One that knows its length.</param>
    public static void Load(string name, Stream stream, TaskFiles files)
    {
        if (stream.Length > TaskPackageLimits.ZipBytes)
        {
            files.Refuse(name, $"is larger than {TaskPackageLimits.ZipBytes} bytes.");
            return;
        }

        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            Gather(name, archive, files);
        }
        catch (InvalidDataException error)
        {
            files.Refuse(name, $"is not a readable zip: {error.Message}");
        }
    }

    private static void Gather(string name, ZipArchive archive, TaskFiles files)
    {
        if (archive.Entries.Count > TaskPackageLimits.ZipEntries)
        {
            files.Refuse(name, $"has more than {TaskPackageLimits.ZipEntries} entries.");
            return;
        }

        // Nothing is unpacked, so such a name could do no harm here; but whoever made the zip meant some.
        ZipArchiveEntry? escaping = archive.Entries.FirstOrDefault(e => Escapes(e.FullName));
        if (escaping is not null)
        {
            files.Refuse(name, $"holds an entry that leaves the zip's folder: '{escaping.FullName}'.");
            return;
        }

        if (TopFolder(archive) is not { } top)
        {
            files.Refuse(name, "holds no metadata.json at its root or in one top folder.");
            return;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            if (!entry.FullName.StartsWith(top, StringComparison.Ordinal)) continue;
            string file = entry.FullName[top.Length..];
            if (!TaskFileNames.IsWanted(file)) continue;
            if (!seen.Add(file)) files.Refuse(file, "is in the zip twice.");
            else if (((entry.ExternalAttributes >> 16) & FileTypeMask) == SymbolicLink) files.Refuse(file, "is a symbolic link; a zip may hold files only.");
            else if (entry.IsEncrypted) files.Refuse(file, "is encrypted.");
            else Add(file, entry, files);
        }
    }

    private static void Add(string file, ZipArchiveEntry entry, TaskFiles files)
    {
        try
        {
            using Stream content = entry.Open();
            files.Add(file, content);
        }
        catch (InvalidDataException error)
        {
            files.Refuse(file, $"cannot be unpacked: {error.Message}");
        }
    }

    /// <summary>Empty when the files are at the root; <c>folder/</c> when they are in the one top folder; null when neither.</summary>
    private static string? TopFolder(ZipArchive archive)
    {
        if (archive.GetEntry(TaskFileNames.Metadata) is not null) return "";

        // macOS adds a second tree of resource forks to every zip that its Finder makes.
        string[] tops = [.. archive.Entries.Select(e => e.FullName[..(e.FullName.IndexOf('/') + 1)]).Where(t => t is not "" and not "__MACOSX/").Distinct()];
        return tops.Length == 1 && archive.GetEntry(tops[0] + TaskFileNames.Metadata) is not null ? tops[0] : null;
    }

    private static bool Escapes(string name) =>
        name.StartsWith('/') || name.Contains('\\') || name.Contains('\0') || (name.Length > 1 && name[1] == ':') || name.Split('/').Contains("..");
}

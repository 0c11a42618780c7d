using System.IO.Compression;

namespace Ratchet.Execution.Packages;

/// <summary>Packs a task to send it: its four files and its tests, and nothing else that lies in its folder.</summary>
public static class TaskZip
{
    // The first instant that a zip can hold: the same files make the same bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A zip's own bytes, or a folder's files as one. What is wrong with the files is not looked at here.</summary>
    /// <param name="name">The name that the task has when its metadata gives none.</param>
    /// <exception cref="RatchetException">There is no task there, or not all of it can be read.</exception>
    public static byte[] Of(string path, out string name)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full) && TaskPackageReader.IsZip(full)) return Whole(full, out name);
        if (!Directory.Exists(full)) throw new RatchetException($"'{path}' is neither a task's folder nor a .zip of one.");
        name = Path.GetFileName(full);
        TaskFiles files = new();
        TaskFolder.Load(full, files);
        if (files.Problems is [var problem, ..]) throw new RatchetException($"{full}/{problem}");
        return Pack(files.All);
    }

    private static byte[] Whole(string zip, out string name)
    {
        name = Path.GetFileNameWithoutExtension(zip);
        if (new FileInfo(zip).Length > TaskPackageLimits.ZipBytes) throw new RatchetException($"{zip} is larger than {TaskPackageLimits.ZipBytes} bytes.");
        return File.ReadAllBytes(zip);
    }

    private static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string file, byte[] bytes) in files)
            {
                ZipArchiveEntry entry = archive.CreateEntry(file);
                entry.LastWriteTime = Epoch;
                using Stream content = entry.Open();
                content.Write(bytes);
            }
        }

        return zip.ToArray();
    }
}

using Ratchet.Configuration;
using Ratchet.Silo.Hosting;
using Ratchet.Silo.Tasks;
using Ratchet.Storage;

namespace Ratchet.Cli.Doctor;

/// <summary>Whether tasks can be read and jobs can be written.</summary>
internal static class FolderChecks
{
    public static IReadOnlyList<Finding> Run(LoadedSettings settings)
    {
        TaskOptions tasks = settings.Get<TaskOptions>(TaskOptions.Section);
        List<Finding> findings = [.. tasks.Sources.Select(Tasks)];
        if (tasks.Sources.Length == 0)
        {
            findings.Add(Directory.Exists(TaskOptions.DefaultSource) ? Tasks(TaskOptions.DefaultSource)
                : new Finding("tasks", Severity.Warning, $"No folder of tasks is named, and {TaskOptions.DefaultSource} is not there; name one with --tasks."));
        }
        StorageOptions storage = settings.Get<StorageOptions>(StorageOptions.Section);
        if (storage.Provider == "sqlite") findings.Add(Data(storage.DataDirectory));
        return findings;
    }

    private static Finding Tasks(string folder)
    {
        try
        {
            // Read, not only looked at: permission to list it is what a server needs.
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return new Finding("tasks", Severity.Ok, $"{Path.GetFullPath(folder)} can be read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("tasks", Severity.Failed, $"The folder of tasks cannot be read: {e.Message}");
        }
    }

    /// <summary>Writes a file where the server would; a folder that is not there yet is looked for where it would be made.</summary>
    private static Finding Data(string folder)
    {
        string full = Path.GetFullPath(folder);
        string? there = full;
        while (there is not null && !Directory.Exists(there))
        {
            if (File.Exists(there)) return new Finding("data", Severity.Failed, $"The data folder cannot be {full}: {there} is a file.");
            there = Path.GetDirectoryName(there);
        }
        string file = Path.Combine(there ?? "/", $".ratchet-doctor-{Environment.ProcessId}");
        try
        {
            using FileStream made = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new Finding("data", Severity.Ok, there == full ? $"{full} can be written." : $"{full} is not there yet and can be made.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("data", Severity.Failed, $"The data folder {full} cannot be written: {e.Message}");
        }
    }
}

using Ratchet.Configuration;
using Ratchet.Storage;

namespace Ratchet.Silo.Hosting;

/// <summary>
/// Holds a SQLite data folder for one process. Two servers on one folder would each take the other's running jobs for those of a dead node.
/// The operating system lets go of the lock when the process ends, however it ends.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream? file;

    private DataFolderLock(FileStream? file) => this.file = file;

    /// <exception cref="RatchetException">Another process has the folder, or it cannot be written.</exception>
    public static DataFolderLock Take(LoadedSettings settings)
    {
        StorageOptions storage = settings.Get<StorageOptions>(StorageOptions.Section);
        if (!storage.Provider.Equals("sqlite", StringComparison.OrdinalIgnoreCase)) return new DataFolderLock(null);
        string folder = Path.GetFullPath(storage.DataDirectory);
        try
        {
            Directory.CreateDirectory(folder);
            return new DataFolderLock(new FileStream(Path.Combine(folder, "ratchet.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RatchetException($"The data folder {folder} cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new RatchetException($"The data folder {folder} is in use by another server, or cannot be written; choose another with --data. ({e.Message})", e);
        }
    }

    public void Dispose() => file?.Dispose();
}

using Microsoft.Extensions.Logging;
using Ratchet.Configuration;
using Ratchet.Storage;

namespace Ratchet.Silo.Hosting;

/// <summary>What comes before the host: the store is opened and its schema brought up to date.</summary>
public static class SiloStart
{
    /// <exception cref="RatchetException">The store cannot be opened, reached or migrated: one clear line.</exception>
    public static async Task<IStore> OpenStoreAsync(LoadedSettings settings, ILoggerFactory logs, CancellationToken cancel)
    {
        IStore store = StoreFactory.Create(settings.Get<StorageOptions>(StorageOptions.Section), TimeProvider.System, logs);
        try
        {
            await store.MigrateAsync(cancel);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}

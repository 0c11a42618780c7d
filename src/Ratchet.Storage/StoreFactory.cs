using Microsoft.Extensions.Logging;
using Ratchet.Storage.Journal;
using Ratchet.Storage.Postgres;
using Ratchet.Storage.Sqlite;

namespace Ratchet.Storage;

/// <summary>Opens the store that the configuration names, and the journal that writes to it.</summary>
public static class StoreFactory
{
    /// <summary>Nothing is read or written yet: <see cref="IStore.MigrateAsync"/> is the first call to reach the database.</summary>
    /// <exception cref="RatchetException">An option is out of its range, the provider is unknown, or the connection string is missing.</exception>
    public static IStore Create(StorageOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        options.Validate();
        return options.Provider.ToUpperInvariant() switch
        {
            "POSTGRESQL" => new PostgresStore(options, time),
            "SQLITE" => new SqliteStore(options, time),
            _ => throw new RatchetException($"Storage:Provider is '{options.Provider}'. Known are sqlite and postgresql."),
        };
    }

    /// <summary>The journal of a store. Dispose it before the store: it then writes what it still holds.</summary>
    /// <exception cref="RatchetException">An option is out of its range.</exception>
    public static JobJournal CreateJournal(IStore store, StorageOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        options.Validate();
        // SQLite has one writer whatever we do: a second loop would only wait for the first one's lock.
        int writers = store.Provider == SqliteStore.Name ? 1 : options.JournalWriters;
        return new JobJournal(store.Jobs, writers, options.JournalBatch, options.JournalBacklog, time, loggers.CreateLogger<JobJournal>());
    }
}

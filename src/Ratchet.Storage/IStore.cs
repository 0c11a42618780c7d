using Ratchet.Storage.Bulk;
using Ratchet.Storage.Controls;
using Ratchet.Storage.Events;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Lists;
using Ratchet.Storage.Recordings;
using Ratchet.Storage.Retention;
using Ratchet.Storage.Schedules;
using Ratchet.Storage.Tasks;

namespace Ratchet.Storage;

/// <summary>The database behind a silo. PostgreSQL and SQLite implement it; one conformance suite runs over both.</summary>
public interface IStore : IAsyncDisposable
{
    /// <summary><c>postgresql</c> or <c>sqlite</c>.</summary>
    string Provider { get; }

    /// <summary>Where it is, without secrets: for banners, health and errors.</summary>
    string Location { get; }

    IJobStore Jobs { get; }
    ITaskStore Tasks { get; }
    IControlStore Controls { get; }
    IUniqueStore Unique { get; }
    IBulkStore Bulk { get; }
    IRetentionStore Retention { get; }
    IRecordingStore Recordings { get; }
    IScheduleStore Schedules { get; }
    IListStore Lists { get; }
    IEventStore Events { get; }

    /// <summary>What Orleans' own providers are to be configured with. Its tables are there once <see cref="MigrateAsync"/> has run.</summary>
    OrleansDatabase Orleans { get; }

    /// <summary>Brings the schema up to date under a lock that keeps other nodes out: numbered, checksummed, forward-only migrations, the Orleans tables included.</summary>
    /// <exception cref="MigrationException">An applied migration's checksum differs, or the database is newer than this program.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    Task MigrateAsync(CancellationToken cancel);

    /// <summary>Answers when the database answers; throws <see cref="StoreUnavailableException"/> otherwise.</summary>
    Task PingAsync(CancellationToken cancel);
}

public sealed class MigrationException(string message) : RatchetException(message);

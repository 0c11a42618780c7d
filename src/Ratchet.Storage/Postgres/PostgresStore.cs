using Ratchet.Storage.Bulk;
using Ratchet.Storage.Controls;
using Ratchet.Storage.Events;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Lists;
using Ratchet.Storage.Recordings;
using Ratchet.Storage.Retention;
using Ratchet.Storage.Schedules;
using Ratchet.Storage.Sql;
using Ratchet.Storage.Tasks;

namespace Ratchet.Storage.Postgres;

/// <summary>PostgreSQL 14 or later, for any number of silos.</summary>
internal sealed class PostgresStore : IStore
{
    private readonly PostgresConnections connections;
    private readonly SqlTexts sql = new("postgresql");
    private readonly PostgresMigrator migrator;

    /// <exception cref="RatchetException">The connection string is missing or cannot be understood.</exception>
    public PostgresStore(StorageOptions options, TimeProvider time)
    {
        connections = new PostgresConnections(options.ConnectionString, options.ListSeconds);
        migrator = new PostgresMigrator(connections, sql, sql.Migrations(), time);
        Orleans = new OrleansDatabase("Npgsql", options.ConnectionString!);
        Jobs = new JobStore(
            new PostgresJobWriter(connections, sql),
            new PostgresJobReader(connections, sql),
            new PostgresQueueReader(connections, sql),
            new PostgresQueueWriter(connections, sql),
            time);
        Tasks = new PostgresTaskStore(connections, sql);
        Controls = new PostgresControlStore(connections, sql);
        Unique = new PostgresUniqueStore(connections, sql);
        Bulk = new PostgresBulkStore(connections, sql);
        Retention = new PostgresRetentionStore(connections, sql);
        Recordings = new PostgresRecordingStore(connections, sql);
        Events = new PostgresEventStore(connections, sql);
        Lists = new PostgresListStore(connections, sql, options);
        Schedules = new PostgresScheduleStore(connections, sql);
    }

    public string Provider => "postgresql";
    public string Location => connections.Location;
    public IJobStore Jobs { get; }
    public ITaskStore Tasks { get; }
    public IControlStore Controls { get; }
    public IUniqueStore Unique { get; }
    public IBulkStore Bulk { get; }
    public IRetentionStore Retention { get; }
    public IRecordingStore Recordings { get; }
    public IScheduleStore Schedules { get; }
    public IListStore Lists { get; }
    public IEventStore Events { get; }
    public OrleansDatabase Orleans { get; }

    public Task MigrateAsync(CancellationToken cancel) => migrator.MigrateAsync(cancel);

    public Task PingAsync(CancellationToken cancel) => connections.ReadAsync(
        async connection =>
        {
            await using Npgsql.NpgsqlCommand command = connection.Command(sql["schema_migrations.Ping"]);
            return await command.ExecuteScalarAsync(cancel);
        },
        cancel);

    public ValueTask DisposeAsync() => connections.DisposeAsync();
}

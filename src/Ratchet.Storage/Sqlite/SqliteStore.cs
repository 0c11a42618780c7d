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

namespace Ratchet.Storage.Sqlite;

/// <summary>One silo's store in two files: <c>ratchet.db</c> for jobs and tasks, <c>orleans.db</c> for what Orleans writes by itself.</summary>
internal sealed class SqliteStore : IStore
{
    public const string Name = "sqlite";
    private readonly SqliteFile file;
    private readonly SqliteFile orleansFile;
    private readonly SqliteMigrator[] migrators;

    public SqliteStore(StorageOptions options, TimeProvider time)
    {
        var sql = new SqlTexts("sqlite");
        string folder = Path.GetFullPath(options.DataDirectory);
        file = new SqliteFile(Path.Combine(folder, "ratchet.db"), sql);
        orleansFile = new SqliteFile(Path.Combine(folder, "orleans.db"), sql);
        migrators = [new SqliteMigrator(file, sql.Migrations(), time), new SqliteMigrator(orleansFile, sql.Migrations("orleans"), time)];
        Orleans = new OrleansDatabase("System.Data.SQLite", orleansFile.ConnectionString);
        Jobs = new JobStore(new SqliteJobWriter(file), new SqliteJobReader(file), new SqliteQueueReader(file), new SqliteQueueWriter(file), time);
        Tasks = new SqliteTaskStore(file);
        Controls = new SqliteControlStore(file);
        Unique = new SqliteUniqueStore(file);
        Bulk = new SqliteBulkStore(file);
        Retention = new SqliteRetentionStore(file);
        Recordings = new SqliteRecordingStore(file);
        Events = new SqliteEventStore(file);
        Lists = new SqliteListStore(file, sql, options, time);
        Schedules = new SqliteScheduleStore(file);
    }

    public string Provider => Name;
    public string Location => file.Path;
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

    public async Task MigrateAsync(CancellationToken cancel)
    {
        foreach (SqliteMigrator migrator in migrators) await migrator.MigrateAsync(cancel);
    }

    public Task PingAsync(CancellationToken cancel) => file.ReadAsync(
        session =>
        {
            using Microsoft.Data.Sqlite.SqliteDataReader row = session.Read("schema_migrations.Ping");
            return row.Read();
        },
        cancel);

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await orleansFile.DisposeAsync();
    }
}

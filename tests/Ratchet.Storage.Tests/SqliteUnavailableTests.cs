using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Sql;
using Ratchet.Storage.Sqlite;

namespace Ratchet.Storage.Tests;

/// <summary>What is wrong with a file or its disk comes as one sentence.</summary>
public sealed class SqliteUnavailableTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-storage-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_data_folder_that_cannot_be_made()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "taken"), "a file", Cancel);
        await using IStore store = Open(Path.Combine(folder, "taken"));
        StoreUnavailableException error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.MigrateAsync(Cancel));
        Assert.Contains(Path.Combine(folder, "taken", "ratchet.db"), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "ratchet.db"), new string('x', 8_192), Cancel);
        await using IStore store = Open(folder);
        StoreUnavailableException error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.MigrateAsync(Cancel));
        Assert.Contains("not an SQLite database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_and_then_room_again()
    {
        await using var file = new SqliteFile(Path.Combine(folder, "full.db"), new SqlTexts("sqlite"));
        await new SqliteMigrator(file, new SqlTexts("sqlite").Migrations(), TimeProvider.System).MigrateAsync(Cancel);
        var jobs = new JobStore(new SqliteJobWriter(file), new SqliteJobReader(file), new SqliteQueueReader(file), new SqliteQueueWriter(file), TimeProvider.System);
        NewJob job = Make.Job(QueueKey.Default) with { Input = new byte[200_000] };
        Array.Fill(job.Input, (byte)'1');
        await file.WriteAsync(session => { session.ExecuteScript("PRAGMA max_page_count = 30"); return true; }, Cancel);
        StoreUnavailableException error = await Assert.ThrowsAsync<StoreUnavailableException>(() => jobs.WriteAsync(new JobWrites { Inserts = [job] }, Cancel));
        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Null(await jobs.GetAsync(QueueKey.DefaultTenant, job.Id, Cancel));
        // The limit went with the connection, which the store replaces after such an error.
        Assert.Equal(InsertOutcome.Inserted, (await jobs.WriteAsync(new JobWrites { Inserts = [job] }, Cancel)).Inserts[0]);
    }

    private static IStore Open(string directory) => StoreFactory.Create(new StorageOptions { DataDirectory = directory }, TimeProvider.System, NullLoggerFactory.Instance);
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Journal;
using Ratchet.Storage.Tests.Databases;

namespace Ratchet.Storage.Tests;

public sealed class PostgresUnavailableTests(StoreFixture<PostgresDatabase> fixture) : IClassFixture<StoreFixture<PostgresDatabase>>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_not_there()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        StoreUnavailableException error = await PingAsync($"Host=127.0.0.1;Port={port};Username=ratchet;Password=hunter2;Database=jobs");
        Assert.StartsWith($"The database postgresql://127.0.0.1:{port}/jobs is not available: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_a_database_that_is_not_there()
    {
        var builder = new NpgsqlConnectionStringBuilder(fixture.Database.Options.ConnectionString) { Password = "hunter2" };
        StoreUnavailableException error = await PingAsync(builder.ToString());
        Assert.Contains("password authentication failed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        builder = new NpgsqlConnectionStringBuilder(fixture.Database.Options.ConnectionString) { Database = "nowhere" };
        Assert.Contains("\"nowhere\" does not exist", (await PingAsync(builder.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_the_server_closed_cost_an_end_nothing_but_time()
    {
        await using JobJournal journal = new(fixture.Store.Jobs, writers: 2, batch: 100, capacity: 1_000, TimeProvider.System, NullLogger.Instance);
        NewJob job = Make.Job(QueueKey.Default);
        await journal.InsertAsync([job], Cancel);
        await fixture.Database.ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        Assert.Equal([true], await journal.EndAsync([Make.Complete(job)], Cancel));
    }

    private static async Task<StoreUnavailableException> PingAsync(string connectionString)
    {
        await using IStore store = StoreFactory.Create(
            new StorageOptions { Provider = "postgresql", ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance);
        return await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PingAsync(Cancel));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Tests.Databases;

namespace Ratchet.Storage.Tests;

public sealed class PostgresConnectionTests(StoreFixture<PostgresDatabase> fixture) : IClassFixture<StoreFixture<PostgresDatabase>>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Statements are prepared at their second use: when the server refuses a value just then, the client library has no description of the rows that they answer with.
    [Fact]
    public async Task A_value_that_is_refused_while_its_statement_is_prepared_harms_no_later_write()
    {
        string oneConnection = new NpgsqlConnectionStringBuilder(fixture.Database.Options.ConnectionString) { MaxPoolSize = 1 }.ToString();
        await using IStore store = StoreFactory.Create(
            new StorageOptions { Provider = "postgresql", ConnectionString = oneConnection }, TimeProvider.System, NullLoggerFactory.Instance);
        for (int use = 1; use <= 2; use++)
            await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(store, Make.Job(QueueKey.Default) with { TraceParent = "nul \0" }));
        Assert.Equal([InsertOutcome.Inserted], await InsertAsync(store, Make.Job(QueueKey.Default)));
    }

    private static async Task<IReadOnlyList<InsertOutcome>> InsertAsync(IStore store, NewJob job) =>
        (await store.Jobs.WriteAsync(new JobWrites { Inserts = [job] }, Cancel)).Inserts;
}

using Ratchet.Storage.Postgres;
using Ratchet.Jobs;
using Ratchet.Storage.Sql;
using Ratchet.Storage.Tests.Databases;

namespace Ratchet.Storage.Tests.Sql;

public abstract class MigrationTests<TDatabase> : IAsyncLifetime where TDatabase : TestDatabase, new()
{
    private readonly TDatabase database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => database.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using IStore store = database.Open();
        await store.MigrateAsync(Cancel);
        long applied = await CountAsync();
        await store.MigrateAsync(Cancel);
        await store.PingAsync(Cancel);
        Assert.Equal(applied, await CountAsync());
        Assert.Equal(new SqlTexts(store.Provider).Migrations().Count, applied);
    }

    [Fact]
    public async Task Two_that_migrate_at_once_apply_each_file_once()
    {
        await using IStore first = database.Open();
        await using IStore second = database.Open();
        await Task.WhenAll(first.MigrateAsync(Cancel), second.MigrateAsync(Cancel));
        Assert.Equal(new SqlTexts(first.Provider).Migrations().Count, await CountAsync());
    }

    [Fact]
    public async Task A_changed_migration_is_named()
    {
        await using IStore store = database.Open();
        await store.MigrateAsync(Cancel);
        await database.ScalarAsync("UPDATE schema_migrations SET checksum = 'other' WHERE number = 2");
        MigrationException error = await Assert.ThrowsAsync<MigrationException>(() => store.MigrateAsync(Cancel));
        Assert.Contains("0002_executions.sql", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_from_the_future_is_left_alone()
    {
        await using IStore store = database.Open();
        await store.MigrateAsync(Cancel);
        await database.ScalarAsync("UPDATE schema_migrations SET number = 9999, name = '9999_tomorrow' WHERE number = 2");
        MigrationException error = await Assert.ThrowsAsync<MigrationException>(() => store.MigrateAsync(Cancel));
        Assert.Contains("9999_tomorrow", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checks_in_the_schema_are_those_of_the_code()
    {
        await using IStore store = database.Open();
        await store.MigrateAsync(Cancel);
        string schema = (string)(await database.ScalarAsync(SchemaQuery))!;
        string all = List(JobStates.All), ended = List(JobStates.All.Where(s => s.IsTerminal())), waiting = List(JobTransition.Promote.From);
        Assert.Contains(Normal($"state IN ({all})"), Normal(schema), StringComparison.Ordinal);
        Assert.Contains(Normal($"(finished_at IS NOT NULL) = (state IN ({ended}))"), Normal(schema), StringComparison.Ordinal);
        Assert.Contains(Normal($"(due_at IS NOT NULL) = (state IN ({waiting}))"), Normal(schema), StringComparison.Ordinal);
        Assert.Contains(Normal($"state IN ({waiting})"), Normal(new SqlTexts(store.Provider)["jobs.PromoteDue"]), StringComparison.Ordinal);
        Assert.Equal([.. JobTransition.All.Where(t => t.From.Count > 0).SelectMany(t => t.From.Concat(t.To)).Distinct().Order()], JobStates.All.Order());
    }

    /// <summary>The text of the table's definition, as the database tells it.</summary>
    protected abstract string SchemaQuery { get; }

    private async Task<long> CountAsync() => (long)(await database.ScalarAsync("SELECT count(*) FROM schema_migrations"))!;

    private static string List(IEnumerable<JobState> states) => string.Join(", ", states.Select(s => $"'{s.Name()}'"));

    // PostgreSQL rewrites IN as = ANY (ARRAY[...]) with casts; what is left here are the names in their order.
    private static string Normal(string sql) => sql
        .Replace("= ANY (ARRAY[", "IN (", StringComparison.Ordinal).Replace("])", ")", StringComparison.Ordinal).Replace("::text", "", StringComparison.Ordinal)
        .Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
}

public sealed class SqliteMigrationTests : MigrationTests<SqliteDatabase>
{
    protected override string SchemaQuery => "SELECT sql FROM sqlite_master WHERE name = 'jobs'";
}

public sealed class PostgresMigrationTests : MigrationTests<PostgresDatabase>
{
    protected override string SchemaQuery => "SELECT string_agg(pg_get_constraintdef(oid), ' ') FROM pg_constraint WHERE conrelid = 'jobs'::regclass";

    [Fact]
    public void There_is_room_to_prepare_every_statement() => Assert.InRange(new SqlTexts("postgresql").Count, 1, PostgresConnections.MostTexts - 50);
}

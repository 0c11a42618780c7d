namespace Ratchet.Storage.Tests.Databases;

/// <summary>A migrated store on a database of its own.</summary>
public sealed class StoreFixture<TDatabase> : IAsyncLifetime where TDatabase : TestDatabase, new()
{
    public TDatabase Database { get; } = new();
    public IStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Database.CreateAsync();
        Store = Database.Open();
        await Store.MigrateAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Store is not null) await Store.DisposeAsync();
        await Database.DisposeAsync();
    }
}

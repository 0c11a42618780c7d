namespace Ratchet.Cluster.Tests;

/// <summary>One server on SQLite for the tests that neither end it nor need settings of their own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public Database Database { get; private set; } = null!;

    public Server Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await Database.CreateAsync("sqlite");
        Server = await Server.StartAsync(Database, ("RATCHET__Fetch__PrivateNetworks__0", "127.0.0.0/8"));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OnARunningServer : ICollectionFixture<RunningServer>
{
    public const string Name = "on a running server";
}

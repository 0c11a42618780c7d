using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using Ratchet.Storage.Tests.Databases;
using Ratchet.Tests.Support;

namespace Ratchet.Storage.Tests.Orleans;

/// <summary>Orleans' own providers on our tables: a silo that starts has found every statement it requires, and each is run here.</summary>
public abstract class OrleansProviderTests<TDatabase>(StoreFixture<TDatabase> fixture) where TDatabase : TestDatabase, new()
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grain_state_is_written_read_and_cleared(bool deleteOnClear)
    {
        using IHost silo = await StartAsync(deleteOnClear);
        ICounterGrain counter = Grain(silo, $"state-{deleteOnClear}");
        Assert.Equal(1, await counter.AddAsync());
        Assert.Equal(2, await counter.AddAsync());
        Assert.Equal(2, await counter.ReadStoredAsync());
        await counter.ClearAsync();
        Assert.Equal(0, await counter.ReadStoredAsync());
        Assert.Equal(1, await counter.AddAsync());
        await silo.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_write_with_a_version_that_has_passed_is_refused()
    {
        using IHost silo = await StartAsync(deleteOnClear: false);
        IGrainStorage storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        GrainId id = GrainId.Create("counter", "versions");
        var first = new GrainState<CounterState>(new CounterState { Value = 1 });
        await storage.WriteStateAsync("counter", id, first);
        var stale = new GrainState<CounterState>(new CounterState { Value = 2 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("counter", id, stale));
        stale.ETag = "7";
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("counter", id, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("counter", id, stale));
        var read = new GrainState<CounterState>(new CounterState());
        await storage.ReadStateAsync("counter", id, read);
        Assert.Equal((1, first.ETag), (read.State!.Value, read.ETag));
        await silo.StopAsync(Cancel);
    }

    [Fact]
    public async Task Reminders_are_registered_read_changed_and_removed()
    {
        using IHost silo = await StartAsync(deleteOnClear: false);
        ICounterGrain grain = Grain(silo, "reminders");
        Assert.Equal("backoff", await grain.RemindAsync("backoff"));
        Assert.Equal("backoff", await grain.RemindAsync("backoff"));
        Assert.Equal("deadline", await grain.RemindAsync("deadline"));
        Assert.Equal(2, await grain.CountRemindersAsync());
        await grain.ForgetAsync("backoff");
        Assert.Equal(1, await grain.CountRemindersAsync());

        // Both forms of a range: within the ring's ends, and across them.
        IReminderTable table = silo.Services.GetRequiredService<IReminderTable>();
        Assert.Single((await table.ReadRows(0x80000000, 0x7fffffff, Cancel)).Reminders);
        Assert.Equal(1, (await table.ReadRows(0, 0x7fffffff, Cancel)).Reminders.Count + (await table.ReadRows(0x7fffffff, 0, Cancel)).Reminders.Count);
        await silo.StopAsync(Cancel);
        await table.TestOnlyClearTable(Cancel);
    }

    protected async Task<IHost> StartAsync(bool deleteOnClear, bool clustered = false, string cluster = "test")
    {
        OrleansDatabase database = fixture.Store.Orleans;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            int siloPort = FreePort.Next();
            int gatewayPort = FreePort.Next();
            if (clustered)
            {
                silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (database.Invariant, database.ConnectionString));
                silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort, listenOnAnyHostAddress: false);
                silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, cluster));
            }
            else
            {
                silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: $"{deleteOnClear}-{siloPort}", clusterId: cluster);
            }
            silo.AddAdoNetGrainStorage("Default", o =>
            {
                (o.Invariant, o.ConnectionString) = (database.Invariant, database.ConnectionString);
                o.DeleteStateOnClear = deleteOnClear;
            });
            silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (database.Invariant, database.ConnectionString));
        });
        IHost host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }

    protected static ICounterGrain Grain(IHost silo, string key) => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>(key);

}

public sealed class SqliteOrleansTests(StoreFixture<SqliteDatabase> fixture) : OrleansProviderTests<SqliteDatabase>(fixture), IClassFixture<StoreFixture<SqliteDatabase>>;

public sealed class PostgresOrleansTests(StoreFixture<PostgresDatabase> fixture) : OrleansProviderTests<PostgresDatabase>(fixture), IClassFixture<StoreFixture<PostgresDatabase>>
{
    [Fact]
    public async Task Two_silos_find_each_other_through_the_membership_tables()
    {
        using IHost first = await StartAsync(deleteOnClear: false, clustered: true, cluster: "two");
        using IHost second = await StartAsync(deleteOnClear: false, clustered: true, cluster: "two");
        IManagementGrain management = second.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        Assert.Equal(2, (await management.GetHosts(onlyActive: true, Cancel)).Count);
        IMembershipTable table = second.Services.GetRequiredService<IMembershipTable>();
        MembershipTableData data = await table.ReadAllAsync(Cancel);
        Assert.Equal(2, data.Members.Count);
        (MembershipEntry entry, _) = data.Members[0];
        await table.UpdateIAmAliveAsync(entry, Cancel);
        Assert.Single((await table.ReadRowAsync(entry.SiloAddress, Cancel)).Members);
        Assert.False(await table.UpdateRowAsync(entry, "", new TableVersion(1, "0"), Cancel));
        Assert.False(await table.InsertRowAsync(entry, data.Version.Next(), Cancel));
        Assert.Equal(data.Version.Version, (await table.ReadAllAsync(Cancel)).Version.Version);
        await second.StopAsync(Cancel);
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, Cancel);
        Assert.Single((await table.ReadAllAsync(Cancel)).Members);
        await first.StopAsync(Cancel);
        await table.DeleteMembershipTableEntriesAsync("two", Cancel);
        Assert.Equal(0L, await fixture.Database.ScalarAsync("SELECT count(*) FROM OrleansMembershipTable"));
    }

    private readonly StoreFixture<PostgresDatabase> fixture = fixture;
}

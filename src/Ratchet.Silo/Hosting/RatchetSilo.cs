using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Ratchet.Configuration;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Fetch.Secrets;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Sandboxes;
using Ratchet.Grains;
using Ratchet.Grains.Events;
using Ratchet.Grains.Health;
using Ratchet.Grains.Queues;
using Ratchet.Grains.Retention;
using Ratchet.Grains.Schedules;
using Ratchet.Silo.Tasks;
using Ratchet.Storage;
using Ratchet.Storage.Journal;
using ClusterOptions = Ratchet.Configuration.ClusterOptions;

namespace Ratchet.Silo.Hosting;

/// <summary>A cluster node: the actors, the store, the journal and the sandboxes, in a host.</summary>
public static class RatchetSilo
{
    /// <param name="store">Migrated already: nothing of Orleans starts on an old schema.</param>
    public static void AddRatchetSilo(this IHostApplicationBuilder builder, LoadedSettings settings, IStore store)
    {
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Options.Create(settings.Get<QueueOptions>(QueueOptions.Section)));
        RetentionOptions retention = settings.Get<RetentionOptions>(RetentionOptions.Section);
        retention.Validate();
        services.AddSingleton(Options.Create(retention));
        services.AddSingleton(Options.Create(settings.Get<ScheduleOptions>(ScheduleOptions.Section)));
        services.AddSingleton(Options.Create(settings.Get<TaskOptions>(TaskOptions.Section)));
        services.AddSingleton(store);
        services.AddSingleton(provider => StoreFactory.CreateJournal(
            store, settings.Get<StorageOptions>(StorageOptions.Section), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IJournal>(provider => new HintingJournal(provider.GetRequiredService<JobJournal>(), provider.GetRequiredService<EventHints>()));
        // Now, so that a file that is wrong is told before anything starts.
        ISecretSource secrets = settings.Get<SecretOptions>(SecretOptions.Section).Open(TimeProvider.System);
        services.AddSingleton<IFetchBroker>(provider => new HttpFetchBroker(
            settings.Get<FetchOptions>(SiloSections.Fetch), provider.GetRequiredService<TimeProvider>(), secrets));
        services.AddSingleton<ISandboxPool>(provider => new SandboxPool(
            settings.Get<SandboxOptions>(SiloSections.Sandbox), provider.GetRequiredService<IFetchBroker>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SandboxPool>>()));
        services.AddSingleton<SiloReadiness>();
        NodeOptions node = settings.Get<NodeOptions>(NodeOptions.Section);
        node.Validate();
        services.AddSingleton(Options.Create(node));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = node.StopTimeout);
        services.AddHostedService<StopDeadline>();
        // Before the silo, beside whose start the sandboxes start and the tasks are checked.
        services.AddHostedService<SandboxStart>();
        services.AddHostedService<TaskLoader>();
        builder.UseOrleans(silo => Configure(silo, settings, store));
    }

    private static void Configure(ISiloBuilder silo, LoadedSettings settings, IStore store)
    {
        ClusterOptions cluster = settings.Get<ClusterOptions>(ClusterOptions.Section);
        bool alone = store.Provider == "sqlite";
        int siloPort = alone || cluster.SiloPort == 0 ? LocalPort.Free() : cluster.SiloPort;
        string name = settings.Get<NodeOptions>(NodeOptions.Section).Name ?? (alone ? "local" : $"{Environment.MachineName}-{siloPort}");
        silo.Configure<Orleans.Configuration.ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<SiloOptions>(options => options.SiloName = name);
        IPAddress address = alone ? IPAddress.Loopback : IPAddress.Parse(cluster.AdvertisedAddress);
        silo.ConfigureEndpoints(address, siloPort, alone ? 0 : cluster.GatewayPort);

        OrleansDatabase database = store.Orleans;
        if (alone) silo.UseDevelopmentClustering(new IPEndPoint(address, siloPort));
        else silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (database.Invariant, cluster.ConnectionString ?? database.ConnectionString));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (database.Invariant, database.ConnectionString));
        silo.AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString) = (database.Invariant, database.ConnectionString));
        silo.AddRatchetGrains();
    }
}

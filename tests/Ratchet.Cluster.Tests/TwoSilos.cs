using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Ratchet.Configuration;
using Ratchet.Grains.Queues;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Silo.Hosting;
using Ratchet.Storage;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Tests.Support;
using Ratchet.Workers;

namespace Ratchet.Cluster.Tests;

/// <summary>Two silos on one PostgreSQL, as two nodes of production are but for the process that they share; each has stores, journal and sandboxes of its own.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Tasks = ["sleeper", "brittle", "addition", "shared"];
    private readonly List<(IHost Host, IStore Store)> silos = [];
    private Database database = null!;

    /// <summary>The nodes' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["one", "two"];

    public ShiftedTime Time { get; } = new();

    public IGrainFactory Grains => silos[0].Host.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        database = await Database.CreateAsync("postgresql");
        foreach (string name in Names) await StartAsync(name);
        await UntilAsync("both nodes are in the cluster", async () => (await Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync()).Count == Names.Count);
        foreach (string task in Tasks)
            await UntilAsync($"{task} is loaded", async () => (await Grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{task}").ResolveAsync(null)).Version is not null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((IHost host, IStore store) in silos)
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
            await store.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    /// <summary>How queues that are named from now on choose nodes.</summary>
    public void Balance(NodeBalance balance)
    {
        foreach ((IHost host, _) in silos) host.Services.GetRequiredService<IOptions<QueueOptions>>().Value.Balance = balance;
    }

    /// <summary>Names of the nodes by what executions say of themselves.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NodesAsync() =>
        (await Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync()).ToDictionary(n => n.Incarnation, n => n.Name);

    public async Task DrainAsync(string node, bool draining) => Assert.True(await Grains.GetGrain<IWorkerDirectoryGrain>(0).SetDrainingAsync(node, draining));

    /// <summary>Submits jobs that must be accepted, in one call.</summary>
    public async Task<IReadOnlyList<JobId>> SubmitAsync(params IEnumerable<Submission> submissions)
    {
        SubmitReply reply = await Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant, [.. submissions]);
        return [.. reply.Results.Select(r => r.Rejection is null ? r.Job!.Id : throw new InvalidOperationException(r.Rejection.Message))];
    }

    /// <summary>The jobs with their attempts, when all are at an end.</summary>
    public async Task<IReadOnlyList<JobHistory>> EndsOfAsync(IReadOnlyList<JobId> ids)
    {
        foreach (JobId id in ids)
        {
            await UntilAsync($"job {id} is at an end", async () =>
                (await Grains.GetGrain<IJobGrain>(id.Value).WaitAsync(QueueKey.DefaultTenant, told: false, TimeSpan.FromSeconds(5)))!.State.IsTerminal());
        }

        return await HistoryReader.ReadAsync(silos[0].Store.Jobs, QueueKey.DefaultTenant, ids, CancellationToken.None);
    }

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        try
        {
            while (!await holds()) await timer.WaitForNextTickAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"After {Patience} it is still not so that {what}.");
        }
    }

    private async Task StartAsync(string name)
    {
        var flags = new Dictionary<string, string?>
        {
            ["Node:Name"] = name,
            ["Storage:Provider"] = "postgresql",
            ["Storage:ConnectionString"] = database.Environment["RATCHET__Storage__ConnectionString"],
            ["Cluster:SiloPort"] = "0",
            ["Cluster:GatewayPort"] = "0",
            ["Tasks:Sources:0"] = Path.Combine(Repository.Root, "tests", "tasks"),
            ["Tasks:Sources:1"] = Path.Combine(Repository.Root, "samples", "tasks"),
        };
        LoadedSettings settings = new SettingsLoader(new KnownSettings().AddSilo()).Load(flags, new Dictionary<string, string>(), null);
        IStore store = await SiloStart.OpenStoreAsync(settings, NullLoggerFactory.Instance, CancellationToken.None);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        SiloLogging.Configure(builder.Logging);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // The last silo that stops finds nobody for its last messages.
        builder.Logging.AddFilter("Polly", LogLevel.None).AddFilter("Orleans.Messaging", LogLevel.None);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddRatchetSilo(settings, store);
        IHost host = builder.Build();
        silos.Add((host, store));
        await host.StartAsync();
    }
}

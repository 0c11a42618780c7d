using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Ratchet.Bench.Run;
using Ratchet.Configuration;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Silo.Hosting;
using Ratchet.Storage;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Bench.Engine;

/// <summary>The real silo, hosted by this process as <c>ratchet serve</c> hosts it, without the HTTP side. Everything that touches the engine is here.</summary>
public sealed class BenchSilo : IAsyncDisposable
{
    private const string TaskName = "addition";

    /// <summary>No wait of a measurement is longer; the longest is for a million jobs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly byte[] Input = """{"num1":5,"num2":10}"""u8.ToArray();

    private readonly IHost host;
    private readonly IStore store;

    private BenchSilo(IHost host, IStore store) => (this.host, this.store) = (host, store);

    /// <param name="database">Settings of the database; empty when the environment has them.</param>
    public static async Task<BenchSilo> StartAsync(IReadOnlyDictionary<string, string?> database)
    {
        LoadedSettings settings = Load(database);
        IStore store = await SiloStart.OpenStoreAsync(settings, NullLoggerFactory.Instance, CancellationToken.None);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        SiloLogging.Configure(builder.Logging);
        // Information is for operators; a figure's stderr shows what went wrong.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddRatchetSilo(settings, store);
        IHost host = builder.Build();
        await host.StartAsync();
        var silo = new BenchSilo(host, store);
        await UntilAsync(async () => (await silo.ResolveAsync()).Version is not null);
        return silo;
    }

    /// <summary>The way to the settings of a process: what is given, the environment, the samples as tasks.</summary>
    public static LoadedSettings Load(IReadOnlyDictionary<string, string?> database) =>
        new SettingsLoader(new KnownSettings().AddSilo())
            .Load(new Dictionary<string, string?>(database) { ["Tasks:Sources:0"] = Checkout.Tasks }, Environment.GetEnvironmentVariables(), null);

    public async Task<TaskReference> TaskAsync() => (await ResolveAsync()).Version!.Reference;

    /// <summary>Returns when all of them are durable.</summary>
    /// <param name="keys">Jobs take turns with this many concurrency keys, each with a limit of 3; 0: they have none.</param>
    public async Task SubmitAsync(int jobs, int batch, int submitters, DateTimeOffset? runAt = null, int keys = 0)
    {
        int left = jobs;
        int most = Math.Min(batch, Limits.SubmitBatch);
        await Task.WhenAll(Enumerable.Range(0, submitters).Select(async _ =>
        {
            while (true)
            {
                int rest = Interlocked.Add(ref left, -most);
                int size = Math.Min(most, rest + most);
                if (size <= 0) return;
                var plain = new Submission { Task = TaskName, Input = Input, RunAt = runAt };
                await SubmitOnceAsync([.. Enumerable.Range(rest, size).Select(n => keys == 0 ? plain : plain with { ConcurrencyKey = $"key-{(n + most) % keys}", ConcurrencyLimit = 3 })]);
            }
        }));
    }

    /// <summary>Returns when no job is ready or running.</summary>
    public Task UntilIdleAsync() => UntilAsync(async () => await Queue.StatsAsync() is { Window: 0, InFlight: 0, MoreInStore: false });

    /// <summary>Has the queue work, or hand nothing out.</summary>
    public Task SetModeAsync(WorkMode mode) => Queue.SetModeAsync(mode);

    /// <summary>Returns when nothing runs, however much waits.</summary>
    public Task UntilNothingRunsAsync() => UntilAsync(async () => await Queue.StatsAsync() is { InFlight: 0 });

    public async Task<long> CompletedAsync() => (await CountAsync()).Completed;

    /// <summary>Counts rows, which costs a million of them about a quarter of a second.</summary>
    public async Task<(long Queued, long Completed)> CountAsync()
    {
        IReadOnlyDictionary<JobState, long> counts = await store.Jobs.CountByStateAsync(QueueKey.Default, CancellationToken.None);
        return (counts.GetValueOrDefault(JobState.Queued), counts.GetValueOrDefault(JobState.Completed));
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        await store.DisposeAsync();
    }

    private IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    private IQueueGrain Queue => Grains.GetGrain<IQueueGrain>(QueueKey.Default.GrainKey);

    private Task<TaskResolution> ResolveAsync() => Grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{TaskName}").ResolveAsync(null);

    private async Task SubmitOnceAsync(Submission[] batch)
    {
        SubmitReply reply = await Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant, batch);
        if (reply.Results.FirstOrDefault(r => r.Rejection is not null) is { } refused) throw new RatchetException(refused.Rejection!.Message);
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        using var bound = new CancellationTokenSource(Patience);
        while (!await done()) await timer.WaitForNextTickAsync(bound.Token);
    }
}

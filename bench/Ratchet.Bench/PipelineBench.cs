using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans;
using Ratchet.Configuration;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Silo.Hosting;
using Ratchet.Storage;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Bench;

/// <summary>Submit in batches, run each job in V8 in a sandbox process, result durable: the whole way, in one silo, as users run it.</summary>
public sealed class PipelineBench : IAsyncDisposable
{
    private const string TaskName = "addition";

    /// <summary>Submit calls under way at once.</summary>
    private const int Submitters = 4;

    private readonly BenchArguments arguments;
    private readonly IHost host;
    private readonly IStore store;
    private readonly string? folder;

    private PipelineBench(BenchArguments arguments, IHost host, IStore store, string? folder) =>
        (this.arguments, this.host, this.store, this.folder) = (arguments, host, store, folder);

    public static async Task<PipelineBench> StartAsync(BenchArguments arguments)
    {
        string? folder = arguments.Provider == "sqlite" ? Directory.CreateTempSubdirectory("ratchet-bench").FullName : null;
        LoadedSettings settings = new SettingsLoader(new KnownSettings().AddSilo()).Load(await FlagsAsync(arguments, folder), Environment.GetEnvironmentVariables(), null);
        IStore store = await SiloStart.OpenStoreAsync(settings, NullLoggerFactory.Instance, CancellationToken.None);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        SiloLogging.Configure(builder.Logging);
        builder.AddRatchetSilo(settings, store);
        IHost host = builder.Build();
        await host.StartAsync();
        var bench = new PipelineBench(arguments, host, store, folder);
        await bench.UntilAsync(async () => (await bench.Grains.GetGrain<ITaskGrain>($"default/{TaskName}").ResolveAsync(null)).Version is not null);
        return bench;
    }

    public async Task<PipelineFigures> RunAsync()
    {
        long before = await CompletedAsync();
        IQueueGrain queue = Grains.GetGrain<IQueueGrain>(QueueKey.Default.GrainKey);
        CpuTime cpu = CpuTime.Now();
        long start = TimeProvider.System.GetTimestamp();
        await SubmitAllAsync();
        TimeSpan submitted = TimeProvider.System.GetElapsedTime(start);
        // The queue is told of an end after its commit; asking it costs nothing, counting rows would.
        await UntilAsync(async () => await queue.StatsAsync() is { Window: 0, InFlight: 0, MoreInStore: false });
        TimeSpan total = TimeProvider.System.GetElapsedTime(start);
        CpuTime after = CpuTime.Now();
        long completed = await CompletedAsync() - before;
        if (completed != arguments.Jobs) throw new RatchetException($"{completed} of {arguments.Jobs} jobs are COMPLETED.");
        return new PipelineFigures(arguments.Jobs, submitted.TotalSeconds, total.TotalSeconds,
            (after.Own - cpu.Own).TotalMicroseconds / arguments.Jobs, (after.Machine - cpu.Machine).TotalMicroseconds / arguments.Jobs);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        await store.DisposeAsync();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    private IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    private async Task SubmitAllAsync()
    {
        int left = arguments.Jobs;
        byte[] input = """{"num1":5,"num2":10}"""u8.ToArray();
        await Task.WhenAll(Enumerable.Range(0, Submitters).Select(async _ =>
        {
            while (true)
            {
                int rest = Interlocked.Add(ref left, -arguments.Batch);
                int size = Math.Min(arguments.Batch, rest + arguments.Batch);
                if (size <= 0) return;
                Submission[] batch = [.. Enumerable.Range(0, size).Select(_ => new Submission { Task = TaskName, Input = input })];
                SubmitReply reply = await Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant, batch);
                if (reply.Results.FirstOrDefault(r => r.Rejection is not null) is { } refused) throw new RatchetException(refused.Rejection!.Message);
            }
        }));
    }

    private async Task<long> CompletedAsync() =>
        (await store.Jobs.CountByStateAsync(QueueKey.Default, CancellationToken.None)).GetValueOrDefault(JobState.Completed);

    private async Task UntilAsync(Func<Task<bool>> done)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!await done()) await timer.WaitForNextTickAsync(bound.Token);
    }

    private static async Task<Dictionary<string, string?>> FlagsAsync(BenchArguments arguments, string? folder)
    {
        var flags = new Dictionary<string, string?> { ["Storage:Provider"] = arguments.Provider, ["Tasks:Sources:0"] = TasksFolder() };
        if (folder is not null)
        {
            flags["Storage:DataDirectory"] = folder;
            return flags;
        }

        string server = Environment.GetEnvironmentVariable("RATCHET_TEST_POSTGRES") ?? throw new RatchetException("Run it under eng/with-postgres.sh: RATCHET_TEST_POSTGRES is not set.");
        string name = $"bench_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await using (NpgsqlDataSource source = NpgsqlDataSource.Create(server))
        await using (NpgsqlCommand create = source.CreateCommand($"CREATE DATABASE {name}"))
        {
            await create.ExecuteNonQueryAsync();
        }

        flags["Storage:ConnectionString"] = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        return flags;
    }

    private static string TasksFolder()
    {
        for (string? at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "Ratchet.sln"))) return Path.Combine(at, "samples", "tasks");
        }

        throw new RatchetException("The bench runs from a checkout: no Ratchet.sln above it.");
    }
}

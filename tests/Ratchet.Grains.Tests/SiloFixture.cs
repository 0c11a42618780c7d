using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans;
using Ratchet.Configuration;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Silo.Hosting;
using Ratchet.Storage;
using Ratchet.Submissions;
using Ratchet.Tasks;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests;

/// <summary>A silo as <c>ratchet serve</c> runs it, on a database of its own, with the tasks of tests/tasks and samples/tasks.</summary>
public abstract class SiloFixture(string provider) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-grains").FullName;
    private IHost host = null!;
    private string? database;

    public IStore Store { get; private set; } = null!;
    public ShiftedTime Time { get; } = new();

    /// <summary>What the engine's store is to throw, and what the engine's grains are to be held up at.</summary>
    public StoreFaults Faults { get; } = new();
    public CallGates Gates { get; } = new();
    public ErrorLog Errors { get; } = new();

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();
    public IServiceProvider Services => host.Services;

    public async ValueTask InitializeAsync()
    {
        LoadedSettings settings = new SettingsLoader(new KnownSettings().AddSilo()).Load(await FlagsAsync(), new Dictionary<string, string>(), null);
        Store = await SiloStart.OpenStoreAsync(settings, NullLoggerFactory.Instance, CancellationToken.None);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        SiloLogging.Configure(builder.Logging);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddProvider(Errors);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddRatchetSilo(settings, Store);
        builder.Services.AddSingleton(Faults.Wrap(Store));
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Gates);
        host = builder.Build();
        await host.StartAsync();
        await UntilAsync("the tasks are loaded", async () => (await Grains.GetGrain<ITaskGrain>("default/thrower").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/slow-retry").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/talker").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/chatty").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/sleeper").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/shared").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/brittle").ResolveAsync(null)).Version is not null
            && (await Grains.GetGrain<ITaskGrain>("default/addition").ResolveAsync(null)).Version is not null);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        await Store.DisposeAsync();
        if (database is not null) await OnServerAsync($"DROP DATABASE {database} WITH (FORCE)");
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    public async Task<SubmitResult> SubmitAsync(string task, string input, Func<Submission, Submission>? with = null)
    {
        var submission = new Submission { Task = task, Input = System.Text.Encoding.UTF8.GetBytes(input) };
        SubmitReply reply = await Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant, [with?.Invoke(submission) ?? submission]);
        return reply.Results[0];
    }

    /// <summary>Submits jobs that must be accepted, in one call.</summary>
    public async Task<IReadOnlyList<JobId>> SubmitManyAsync(IEnumerable<Submission> submissions)
    {
        SubmitReply reply = await Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(QueueKey.DefaultTenant, [.. submissions]);
        return [.. reply.Results.Select(r => r.Rejection is null ? r.Job!.Id : throw new InvalidOperationException(r.Rejection.Message))];
    }

    public IQueueGrain Queue(string name) => Grains.GetGrain<IQueueGrain>(new QueueKey(QueueKey.DefaultTenant, name).GrainKey);

    public IJobGrain Job(JobId id) => Grains.GetGrain<IJobGrain>(id.Value);

    public async Task<IReadOnlyList<JobHistory>> HistoriesAsync(IEnumerable<JobId> ids) => await HistoryReader.ReadAsync(Store.Jobs, QueueKey.DefaultTenant, ids, CancellationToken.None);

    /// <summary>Submits a job that must be accepted, and waits for its end.</summary>
    public async Task<JobView> RunAsync(string task, string input, Func<Submission, Submission>? with = null)
    {
        SubmitResult result = await SubmitAsync(task, input, with);
        Assert.True(result.Rejection is null, result.Rejection?.Message);
        return await EndOfAsync(result.Job!.Id);
    }

    public async Task<JobView> EndOfAsync(JobId id)
    {
        DateTimeOffset until = TimeProvider.System.GetUtcNow() + Patience;
        JobView? job = null;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            job = await Grains.GetGrain<IJobGrain>(id.Value).WaitAsync(QueueKey.DefaultTenant, told: false, TimeSpan.FromSeconds(10));
            if (job is { } found && found.State.IsTerminal()) return found;
        }

        if (job is null) throw new TimeoutException($"Job {id} is not there.");
        JobExplanation? why = await Job(id).WhyAsync(QueueKey.DefaultTenant);
        throw new TimeoutException(
            $"Job {id} did not end within {Patience}; after {job.Attempts} attempts it is {job.State.Name()}, for {why?.Cause} {why?.Subject}. Its queue: {await Queue(job.Queue).StatsAsync()}");
    }

    public async Task<JobView> ReadAsync(JobId id) => (await Grains.GetGrain<IJobDirectoryGrain>(0).GetAsync(QueueKey.DefaultTenant, id))!;

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

    private async Task<Dictionary<string, string?>> FlagsAsync()
    {
        var flags = new Dictionary<string, string?>
        {
            ["Storage:Provider"] = provider,
            ["Storage:DataDirectory"] = folder,
            ["Cluster:SiloPort"] = "0",
            ["Cluster:GatewayPort"] = "0",
            // Servers of tests that tasks call.
            ["Fetch:PrivateNetworks:0"] = "127.0.0.1",
            // So that a test can have more.
            ["Webhooks:Backlog"] = "100",
            ["Tasks:Sources:0"] = Path.Combine(Repository.Root, "tests", "tasks"),
            ["Tasks:Sources:1"] = Path.Combine(Repository.Root, "samples", "tasks"),
        };
        if (provider == "sqlite") return flags;
        database = $"grains_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await OnServerAsync($"CREATE DATABASE {database}");
        flags["Storage:ConnectionString"] = new NpgsqlConnectionStringBuilder(Server) { Database = database }.ConnectionString;
        return flags;
    }

    private static string Server => Environment.GetEnvironmentVariable("RATCHET_TEST_POSTGRES")
        ?? throw new InvalidOperationException("RATCHET_TEST_POSTGRES is not set: run the tests by ./test.sh, or under eng/with-postgres.sh.");

    private static async Task OnServerAsync(string statement)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Server);
        await using NpgsqlCommand command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class SqliteSilo() : SiloFixture("sqlite");

public sealed class PostgresSilo() : SiloFixture("postgresql");

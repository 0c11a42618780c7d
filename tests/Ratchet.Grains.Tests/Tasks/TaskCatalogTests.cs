using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Packages.Sources;
using Ratchet.Grains.Health;
using Ratchet.Grains.Tasks;
using Ratchet.Queues;
using Ratchet.Silo.Tasks;
using Ratchet.Tasks;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests.Tasks;

/// <summary>What sources have, brought together, on a real silo.</summary>
[Collection("sqlite silo")]
public sealed class TaskCatalogTests : IDisposable
{
    private static int made;
    private readonly string name = $"sourced-{Interlocked.Increment(ref made)}";
    private readonly Guid uuid = Guid.CreateVersion7();
    private readonly SiloReadiness readiness = new();
    private readonly TaskSourceMetrics metrics = new();
    private readonly TaskCatalog catalog;
    private readonly SqliteSilo silo;

    public TaskCatalogTests(SqliteSilo silo)
    {
        this.silo = silo;
        catalog = new TaskCatalog(silo.Services.GetRequiredService<TaskStorer>(), readiness, new TaskSources(), metrics, NullLogger<TaskCatalog>.Instance);
    }

    public void Dispose()
    {
        catalog.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public async Task A_source_that_fails_keeps_what_it_had_and_makes_nothing_ready()
    {
        using var read = new MetricReader(metrics.Meter);
        await catalog.FailedAsync(1, "https://example.com/a.zip answered 503.", CancellationToken.None);
        Assert.Null(readiness.Tasks);
        await UpdateAsync(0, Reading("1.0.0", "1"));
        Assert.Equal("1 loaded; 1 source cannot be read: https://example.com/a.zip answered 503.", readiness.Tasks);
        Assert.Equal((double?)1, read.Observe("ratchet.task.source.failing"));
        await catalog.FailedAsync(1, null, CancellationToken.None);
        await UpdateAsync(1, Reading("1.1.0", "2"));
        Assert.Equal("2 loaded", readiness.Tasks);
        Assert.Equal("1.1.0", await CurrentAsync());
        await catalog.FailedAsync(1, "gone", CancellationToken.None);
        Assert.Equal(2, catalog.Packages.Count);
    }

    [Fact]
    public async Task What_is_wrong_hides_nothing_and_is_over_when_it_is_mended()
    {
        using var read = new MetricReader(metrics.Meter);
        await UpdateAsync(0, Reading("1.0.0", "1"));
        await UpdateAsync(1, new TaskReading("/b", null, [], [new TaskProblem("metadata.json", 1, 1, "is not valid JSON.")]));
        Assert.Equal("1 loaded, 1 not: the log says why", readiness.Tasks);
        // One whose code does not compile is told after it was tried.
        await UpdateAsync(1, Reading("2.0.0", "("));
        Assert.Equal(("1 loaded, 1 not: the log says why", (double?)1), (readiness.Tasks, read.Observe("ratchet.task.source.broken")));
        Assert.Equal("1.0.0", await CurrentAsync());
        await UpdateAsync(1, Reading("2.0.0", "2"));
        Assert.Equal(("2 loaded", (double?)0), (readiness.Tasks, read.Observe("ratchet.task.source.broken")));
        Assert.Equal("2.0.0", await CurrentAsync());
        // A version with other content is refused; the store has the first.
        await UpdateAsync(1, Reading("2.0.0", "3"));
        Assert.Equal("1 loaded, 1 not: the log says why", readiness.Tasks);
    }

    [Fact]
    public async Task An_address_that_fails_is_asked_less_and_less_often()
    {
        var source = new FailingSource();
        var options = new TaskOptions { PollPeriod = TimeSpan.FromMinutes(1) };
        var watch = new TaskSourceWatch(source, 0, catalog, metrics, options, new FakeTimeProvider(), NullLogger.Instance);
        var periods = new List<double> { watch.Period().TotalMinutes };
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(await watch.LookAsync(CancellationToken.None));
            periods.Add(watch.Period().TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 15, 15], periods);
        source.Fails = false;
        Assert.NotNull(await watch.LookAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(1), watch.Period());
    }

    private Task UpdateAsync(int source, TaskReading reading) => catalog.UpdateAsync(new Dictionary<int, IReadOnlyList<TaskReading>> { [source] = [reading] }, CancellationToken.None);

    private async Task<string> CurrentAsync() => (await silo.Grains.GetGrain<ITaskGrain>($"{QueueKey.DefaultTenant}/{name}").GetAsync())!.Current.Version;

    private TaskReading Reading(string version, string output) => new($"/tasks/{version}", new TaskPackage
    {
        Name = name, Uuid = uuid, Version = version, Label = "l", Description = "d", Metadata = "{}", InputSchema = "true", OutputSchema = "true",
        Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name + version + output))),
        MainJs = $"x => {output}", Execution = new TaskExecutionOptions(), Retry = new RetryPolicy(), Source = $"/tasks/{version}",
    }, [], []);

    private sealed class FailingSource : ITaskSource
    {
        public bool Fails { get; set; } = true;

        public string Name => "https://example.com/a.zip";

        public Task<IReadOnlyList<TaskReading>?> ReadAsync(CancellationToken cancel) =>
            Fails ? Task.FromException<IReadOnlyList<TaskReading>?>(new TaskSourceException("No.")) : Task.FromResult<IReadOnlyList<TaskReading>?>([]);
    }
}

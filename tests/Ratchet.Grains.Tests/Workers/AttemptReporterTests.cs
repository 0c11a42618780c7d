using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Grains.Statistics;
using Ratchet.Grains.Workers;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;
using Ratchet.Tests.Support;

namespace Ratchet.Grains.Tests.Workers;

/// <summary>What becomes of ends that cannot be written: those that the store refuses for their data, and those that find it away.</summary>
public sealed class AttemptReporterTests : IDisposable
{
    private const string Secret = "what cannot be stored";
    private readonly FakeTimeProvider time = new();
    private readonly JournalStandIn journal = new();
    private readonly GrainCalls calls = new();
    private readonly List<JobId> settled = [];
    private readonly List<FailedAttempt> failures = [];
    private readonly CancellationTokenSource stop = new();
    private readonly ServiceProvider services;
    private readonly AttemptReporter reporter;
    private readonly NodeRun[] runs;

    public AttemptReporterTests()
    {
        IGrainFactory grains = GrainFactoryStandIn.Create(calls);
        calls.On("IQueueGrain.SettledAsync", args => Noted(settled, ((SettledBatch)args[0]!).Jobs.Select(j => j.Id)));
        Failing(_ => { });
        services = new ServiceCollection().AddSingleton(_ => new NodeAgent(
            Blank.Of<ISandboxPool>(), new TaskPackageCache(Blank.Of<IStore>()), Blank.Of<IStore>(), journal, reporter!, null!, time, NullLogger<NodeAgent>.Instance)).BuildServiceProvider();
        reporter = new AttemptReporter(
            journal, new RecordingKeeper(Blank.Of<IStore>(), NullLogger<RecordingKeeper>.Instance), grains, new CircuitCounts(new TaskPackageCache(Blank.Of<IStore>()), grains), new AttemptStatistics(time), services, time, NullLogger<AttemptReporter>.Instance) { Loops = 1 };
        runs = [.. Enumerable.Range(0, 5).Select(Run)];
    }

    public void Dispose()
    {
        reporter.Dispose();
        services.Dispose();
        stop.Dispose();
    }

    [Fact]
    public async Task An_end_that_the_store_refuses_fails_alone()
    {
        NodeRun bad = runs[3];
        journal.Refuses = end => end.Execution == bad.Execution ? new InvalidOperationException(Secret) : null;
        await ReportAsync(runs);
        // Together, then one by one.
        Assert.Equal([5, 1, 1, 1, 1, 1], journal.Sets);
        Assert.Equal(runs.Except([bad]).Select(r => r.Execution).Order(), journal.Written.Order());
        FailedAttempt failed = Assert.Single(failures);
        Assert.Equal((bad.Job.Id, bad.Execution), (failed.Job.Id, failed.Execution));
        Assert.Equal((FailureKind.InvalidOutput, "InvalidOutput"), (failed.Failure.Kind, failed.Failure.Name));
        Assert.Contains("could not be stored", failed.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failed.Failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(failed.Log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_store_that_is_away_is_waited_for_and_nothing_fails(int count)
    {
        journal.Away = 3;
        await ReportAsync(runs[..count]);
        Assert.Equal(Enumerable.Repeat(count, 4), journal.Sets);
        Assert.Equal(runs[..count].Select(r => r.Execution).Order(), journal.Written.Order());
        Assert.Empty(failures);
    }

    [Fact]
    public async Task A_job_that_is_given_back_waits_for_the_store_too()
    {
        journal.Away = 2;
        runs[0].Outcome = Failed(FailureKind.WorkerLost);
        runs[0].HandedBack = true;
        await ReportAsync(runs[..1]);
        Assert.Single(journal.Written);
        Assert.Empty(failures);
    }

    [Fact]
    public async Task A_run_that_was_ended_to_cancel_its_job_ends_it_whatever_came_of_it()
    {
        var ends = new List<AttemptEnd>();
        journal.Refuses = end =>
        {
            ends.Add(end);
            return null;
        };
        calls.On("IJobGrain.EndedAsync", _ => null);
        foreach ((NodeRun run, FailureKind kind) in runs[..2].Zip([FailureKind.Cancelled, FailureKind.WorkerLost]))
        {
            run.Cancel(new EndedBy("ops", "not needed"));
            run.Outcome = Failed(kind);
        }

        await ReportAsync(runs[..2]);
        Assert.Empty(failures);
        Assert.All(ends, end => Assert.Equal(
            (JobTransition.Cancel, "CANCELLED", 1, 0, "ops", "not needed"), (end.Transition, end.Outcome, end.Attempt, end.AttemptsUsed, end.Actor, end.Reason)));
        Assert.Equal(2, ends.Count);
    }

    [Fact]
    public async Task A_failure_is_told_until_the_jobs_grain_answers_and_stays_what_it_is()
    {
        var troubles = new Queue<Exception>([new StoreUnavailableException("away", new IOException()), new TimeoutException(), new ObjectDisposedException("journal"), new OrleansException()]);
        Failing(_ =>
        {
            if (troubles.TryDequeue(out Exception? trouble)) throw trouble;
        });
        runs[0].Outcome = Failed(FailureKind.Timeout);
        await ReportAsync(runs[..1]);
        Assert.Equal(5, failures.Count);
        Assert.All(failures, f => Assert.Equal((FailureKind.Timeout, Secret), (f.Failure.Kind, f.Failure.Message)));
    }

    [Fact]
    public async Task A_failure_that_the_store_refuses_is_told_with_less()
    {
        Failing(attempt =>
        {
            if (attempt.Failure.Message == Secret) throw new InvalidOperationException(Secret);
        });
        runs[0].Outcome = Failed(FailureKind.TaskError);
        await ReportAsync(runs[..1]);
        Assert.Equal([FailureKind.TaskError, FailureKind.InvalidOutput], failures.Select(f => f.Failure.Kind));
        Assert.DoesNotContain(Secret, failures[1].Failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_end_is_reported_again_when_that_fails_in_a_way_that_nobody_has_foreseen(bool failed)
    {
        var defects = new Queue<Exception>([new InvalidCastException(), new InvalidCastException()]);
        calls.On("IQueueGrain.SettledAsync", args => defects.TryDequeue(out Exception? defect) ? throw defect : Noted(settled, ((SettledBatch)args[0]!).Jobs.Select(j => j.Id)));
        if (failed) runs[0].Outcome = Failed(FailureKind.TaskError);
        await ReportAsync(runs[..1]);
        Assert.Empty(defects);
    }

    [Fact]
    public async Task A_journal_that_is_closed_fails_no_attempt()
    {
        journal.Refuses = _ => new ObjectDisposedException("journal");
        foreach (NodeRun run in runs) reporter.Ended(run);
        Task reporting = reporter.RunAsync(stop.Token);
        await SiloFixture.UntilAsync("the journal was asked", () => Task.FromResult(journal.Sets.Count > 0));
        await stop.CancelAsync();
        await reporting;
        Assert.Empty(failures);
        Assert.Empty(settled);
    }

    /// <summary>All at once and to one loop, so that they are one batch; until each is settled, once.</summary>
    private async Task ReportAsync(NodeRun[] ended)
    {
        foreach (NodeRun run in ended) reporter.Ended(run);
        Task reporting = reporter.RunAsync(stop.Token);
        await SiloFixture.UntilAsync("all are settled", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            lock (settled) return Task.FromResult(settled.Count >= ended.Length);
        });
        await stop.CancelAsync();
        await reporting;
        Assert.Equal(ended.Select(r => r.Job.Id).Order(), settled.Order());
    }

    private void Failing(Action<FailedAttempt> asked) => calls.On("IJobGrain.AttemptFailedAsync", args =>
    {
        var attempt = (FailedAttempt)args[0]!;
        Noted(failures, [attempt]);
        asked(attempt);
        return new AttemptVerdict(true, JobState.Failed, null, null);
    });

    private static object? Noted<T>(List<T> into, IEnumerable<T> items)
    {
        lock (into) into.AddRange(items);
        return null;
    }

    private NodeRun Run(int number)
    {
        DateTimeOffset now = time.GetUtcNow();
        var job = new ReadyJob
        {
            Id = JobId.New(time), Task = new TaskReference("t", "1.0.0", "d"), Priority = JobPriority.Normal, ReadyAt = now, Fence = 0, Attempts = 0, MaxAttempts = 3, LostWorkers = 0, Lane = "t", Rank = now,
            Input = "{}"u8.ToArray(),
        };
        return new NodeRun(QueueKey.Default, job, Guid.CreateVersion7(now), now)
        {
            Outcome = new RunOutcome { Output = [(byte)('0' + number)], StartedAt = now, FinishedAt = now },
        };
    }

    private RunOutcome Failed(FailureKind kind) => new() { Failure = new Failure(kind, kind.ToString(), Secret), StartedAt = time.GetUtcNow(), FinishedAt = time.GetUtcNow() };
}

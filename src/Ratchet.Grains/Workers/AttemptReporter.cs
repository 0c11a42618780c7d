using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ratchet.Execution.Nodes;
using Ratchet.Grains.Statistics;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Workers;

/// <summary>
/// Brings ended runs home, in batches: completions straight to the journal, failures through the job's grain, then the news to queues and to those who wait.
/// Completions do not pass through a JobGrain: an activation a job costs more than all the rest of its way (docs/adr/0002).
/// </summary>
public sealed class AttemptReporter(
    IJournal journal, RecordingKeeper recordings, IGrainFactory grains, CircuitCounts circuits, AttemptStatistics statistics, IServiceProvider services, TimeProvider time, ILogger<AttemptReporter> logger)
    : IAttemptSink, IDisposable
{
    private const int MostInBatch = 1_000;

    /// <summary>Failures on their way through job grains at once.</summary>
    private const int ConcurrentFailures = 64;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<NodeRun> ended = Channel.CreateUnbounded<NodeRun>(new UnboundedChannelOptions { SingleReader = false });
    private readonly Channel<NodeRun> started = Channel.CreateUnbounded<NodeRun>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim failureSlots = new(ConcurrentFailures);
    private NodeAgent? agent;

    /// <summary>Resolved late: the agent reports to this sink, and this sink tells the agent what to forget.</summary>
    private NodeAgent Agent => agent ??= services.GetRequiredService<NodeAgent>();

    /// <summary>Batches under way at once: while one is being committed the next fills.</summary>
    internal int Loops { get; init; } = 4;

    public void Started(NodeRun run) => started.Writer.TryWrite(run);

    public void Ended(NodeRun run)
    {
        statistics.Ended(run);
        ended.Writer.TryWrite(run);
    }

    /// <summary>Runs until <paramref name="cancel"/> fires.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(
        [Task.Run(() => TellStartsAsync(cancel), CancellationToken.None), .. Enumerable.Range(0, Loops).Select(_ => Task.Run(() => LoopAsync(cancel), CancellationToken.None))]);

    public void Dispose() => failureSlots.Dispose();

    private async Task LoopAsync(CancellationToken cancel)
    {
        var batch = new List<NodeRun>(MostInBatch);
        var reused = new List<NodeRun>();
        try
        {
            while (await ended.Reader.WaitToReadAsync(cancel))
            {
                batch.Clear();
                reused.Clear();
                while (batch.Count < MostInBatch && ended.Reader.TryRead(out NodeRun? run))
                {
                    if (run.ReusedFrom is not null) reused.Add(run);
                    else if (run.Outcome!.Failure is null) batch.Add(run);
                    else _ = FailedAsync(run, cancel);
                }

                await ReportAsync(batch, reused, cancel);
            }
        }
        catch (Exception e) when (IsStop(e, cancel))
        {
            ReporterLog.Stopped(logger);
        }
    }

    private async Task ReportAsync(List<NodeRun> batch, List<NodeRun> reused, CancellationToken cancel)
    {
        try
        {
            // Their ends are committed.
            if (reused.Count > 0) Told(reused, null, cancel);
            if (batch.Count > 0) await CompletedAsync(batch, cancel);
        }
#pragma warning disable CA1031 // An end that nobody reports any more would hold its job and its place for ever; all that is done for one may be done twice.
        catch (Exception e) when (!IsStop(e, cancel))
#pragma warning restore CA1031
        {
            await AgainAsync([.. reused, .. batch], e, cancel);
        }
    }

    /// <summary>What nobody has foreseen: the ends are reported once more.</summary>
    private async Task AgainAsync(IReadOnlyList<NodeRun> runs, Exception e, CancellationToken cancel)
    {
        ReporterLog.Unforeseen(logger, runs.Count, e);
        await Task.Delay(AgainAfter, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (NodeRun run in runs) ended.Writer.TryWrite(run);
    }

    private async Task TellStartsAsync(CancellationToken cancel)
    {
        var batch = new List<NodeRun>();
        try
        {
            while (await started.Reader.WaitToReadAsync(cancel))
            {
                batch.Clear();
                while (batch.Count < MostInBatch && started.Reader.TryRead(out NodeRun? run)) batch.Add(run);
                foreach (IGrouping<string, NodeRun> tenant in batch.GroupBy(r => r.Queue.Tenant))
                    await TellStartsAsync(tenant.Key, [.. tenant.Select(r => new LimitStart(r.Job.Id, r.Job.Fence))], cancel);
            }
        }
        catch (Exception e) when (IsStop(e, cancel))
        {
            ReporterLog.Stopped(logger);
        }
    }

    /// <summary>Until the keeper has answered: a start that it does not hear of takes its place in the window until the attempt ends.</summary>
    private async Task TellStartsAsync(string tenant, LimitStart[] starts, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await grains.GetGrain<ILimiterGrain>(tenant).StartedAsync(starts);
                return;
            }
            catch (Exception e) when (!IsStop(e, cancel))
            {
                ReporterLog.StartsTryAgain(logger, starts.Length, e.Message);
                await Task.Delay(AgainAfter, time, cancel);
            }
        }
    }

    /// <summary>The node stops. What is not written runs again at the next start, elsewhere.</summary>
    private static bool IsStop(Exception error, CancellationToken cancel) => error is ObjectDisposedException || (error is OperationCanceledException && cancel.IsCancellationRequested);

    private async Task CompletedAsync(List<NodeRun> batch, CancellationToken cancel)
    {
        IReadOnlyList<bool> accepted;
        try
        {
            await recordings.KeepAsync(batch, cancel);
            accepted = await EndAsync([.. batch.Select(CompletionOf)], cancel);
        }
        catch (Exception e) when (IsRefusal(e) && batch.Count > 1)
        {
            // The store refuses one of them for what is in it. The others have been written; given singly, each gets its own answer.
            ReporterLog.OneByOne(logger, batch.Count, e.Message);
            foreach (NodeRun run in batch) await CompletedAsync([run], cancel);
            return;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // It will never be written as it is: the attempt failed, and its job learns so.
            NodeRun run = batch[0];
            run.Outcome = run.Outcome! with { Output = null, Failure = ReportFailures.NotStorable(e), Log = [] };
            await FailedAsync(run, cancel);
            return;
        }

        Told(batch, accepted, cancel);
    }

    /// <summary>
    /// Until the store has answered. The journal waits for the store by itself, and gives up only when it closes; an end that was written before its answer got lost is accepted again.
    /// </summary>
    private async Task<IReadOnlyList<bool>> EndAsync(AttemptEnd[] ends, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await journal.EndAsync(ends, cancel);
            }
            catch (StoreUnavailableException e)
            {
                ReporterLog.EndsTryAgain(logger, ends.Length, e.Message);
                await Task.Delay(AgainAfter, time, cancel);
            }
        }
    }

    /// <summary>The store says no to what is in an end; not that it is away, or that this node's journal is closed: then nothing is said of the end itself.</summary>
    private static bool IsRefusal(Exception error) => error is not (OperationCanceledException or StoreUnavailableException or ObjectDisposedException);

    /// <param name="accepted">Which of the attempts count; null when none was made.</param>
    private void Told(List<NodeRun> batch, IReadOnlyList<bool>? accepted, CancellationToken cancel)
    {
        var jobs = new Dictionary<QueueKey, List<SettledJob>>();
        for (int i = 0; i < batch.Count; i++)
        {
            NodeRun run = batch[i];
            Agent.Forget(run);
            if (accepted?[i] == true) circuits.Note(run, succeeded: true);
            else if (accepted is not null) _ = RefusedAsync(run, cancel);
            if (!jobs.TryGetValue(run.Queue, out List<SettledJob>? settled)) jobs[run.Queue] = settled = new List<SettledJob>(batch.Count);
            settled.Add(new SettledJob(run.Job.Id, run.Job.Fence, null, null));
            if (run.Watched) Tell(run.Job.Id);
        }

        // Before the queues: a half-open circuit's answer is asked for when its job is settled.
        circuits.Flush();
        foreach ((QueueKey queue, List<SettledJob> settled) in jobs) Settle(queue, settled);
    }

    private async Task FailedAsync(NodeRun run, CancellationToken cancel)
    {
        await failureSlots.WaitAsync(cancel);
        try
        {
            await recordings.KeepAsync([run], cancel);
            AttemptVerdict verdict = run.CancelledBy is { } by ? await CancelAsync(run, by, cancel)
                : run.HandedBack ? await HandBackAsync(run, cancel) : await FailThroughGrainAsync(run, cancel);
            Agent.Forget(run);
            if (!verdict.Accepted) _ = RefusedAsync(run, cancel);
            else if (!run.HandedBack && run.CancelledBy is null) circuits.Note(run, succeeded: false);
            circuits.Flush();
            Settle(run.Queue, [new SettledJob(run.Job.Id, run.Job.Fence, verdict.Requeue, verdict.DueAt)]);
            if (run.Watched && verdict.State.IsTerminal()) Tell(run.Job.Id);
        }
        catch (Exception e) when (IsStop(e, cancel))
        {
            ReporterLog.Stopped(logger);
        }
#pragma warning disable CA1031 // As of the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await AgainAsync([run], e, cancel);
        }
        finally
        {
            failureSlots.Release();
        }
    }

    /// <summary>A job that was cancelled while it ran keeps what the attempt had logged; any other refused result is one that came too late.</summary>
    private async Task RefusedAsync(NodeRun run, CancellationToken cancel)
    {
        AttemptEnd end = CancelledEndOf(run);
        while (true)
        {
            try
            {
                if (await journal.RecordCancelledAsync(end, cancel)) ReporterLog.Cancelled(logger, run.Job.Id.ToString());
                else ReporterLog.Refused(logger, run.Job.Id.ToString(), run.Job.Fence);
                return;
            }
            catch (StoreUnavailableException e)
            {
                ReporterLog.EndsTryAgain(logger, 1, e.Message);
                await Task.Delay(AgainAfter, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (IsStop(e, cancel))
            {
                ReporterLog.Stopped(logger);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException && end.Log.Count > 0)
            {
                // Not to be written with what it logged.
                ReporterLog.NoRecord(logger, run.Job.Id.ToString(), e.GetType().Name, e.Message);
                end = end with { Log = [] };
            }
            catch (Exception e)
            {
                ReporterLog.NoRecord(logger, run.Job.Id.ToString(), e.GetType().Name, e.Message);
                return;
            }
        }
    }

    /// <summary>Until the job's grain has answered: a failure that is not written would leave its job PROCESSING for ever.</summary>
    private async Task<AttemptVerdict> FailThroughGrainAsync(NodeRun run, CancellationToken cancel)
    {
        FailedAttempt attempt = FailureOf(run);
        while (true)
        {
            try
            {
                return await grains.GetGrain<IJobGrain>(run.Job.Id.Value).AttemptFailedAsync(attempt);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or StoreUnavailableException or ObjectDisposedException)
            {
                // Also from a journal that is closed: the grain's, on a node that stops.
                ReporterLog.TryAgain(logger, run.Job.Id.ToString(), e.Message);
                await Task.Delay(AgainAfter, time, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Not to be written with what it says; then with as little as there is to say, which can be.
                ReporterLog.TryAgain(logger, run.Job.Id.ToString(), e.Message);
                attempt = attempt with { Failure = ReportFailures.NotStorable(e), Log = [] };
                await Task.Delay(AgainAfter, time, cancel);
            }
        }
    }

    /// <summary>The job ends with the attempt, in one write. What the attempt logged is left out where it cannot be stored.</summary>
    private async Task<AttemptVerdict> CancelAsync(NodeRun run, EndedBy by, CancellationToken cancel)
    {
        AttemptEnd end = CancelledEndOf(run) with { By = by };
        bool accepted;
        try
        {
            accepted = (await EndAsync([end], cancel))[0];
        }
        catch (Exception e) when (IsRefusal(e) && end.Log.Count > 0)
        {
            ReporterLog.NoRecord(logger, run.Job.Id.ToString(), e.GetType().Name, e.Message);
            accepted = (await EndAsync([end with { Log = [] }], cancel))[0];
        }

        if (accepted) ReporterLog.Cancelled(logger, run.Job.Id.ToString());
        return new AttemptVerdict(accepted, JobState.Cancelled, null, null);
    }

    private AttemptEnd CancelledEndOf(NodeRun run) => EndOf(run, JobTransition.Cancel, run.Job.Attempts) with
    {
        Failure = new Failure(FailureKind.Cancelled, nameof(FailureKind.Cancelled), "The job was cancelled while it ran."),
    };

    private async Task<AttemptVerdict> HandBackAsync(NodeRun run, CancellationToken cancel)
    {
        ReadyJob job = run.Job;
        // An interrupted run calls itself cancelled; nobody has cancelled this one.
        Failure why = run.Outcome!.Failure is { Kind: FailureKind.WorkerLost } lost
            ? lost
            : new Failure(FailureKind.WorkerLost, nameof(FailureKind.WorkerLost), "The node was stopped while it ran; it runs again.");
        AttemptEnd end = EndOf(run, JobTransition.Release, job.Attempts) with { Failure = why };
        bool accepted = (await EndAsync([end], cancel))[0];
        return new AttemptVerdict(accepted, JobState.Queued, null, accepted ? job with { Fence = job.Fence + 1, Deadline = null } : null);
    }

    private AttemptEnd CompletionOf(NodeRun run) => EndOf(run, JobTransition.Complete, run.Job.Attempts + 1) with
    {
        Output = run.Outcome!.Output,
        Keep = run is { CacheKey: { } key, ResultTtl: { } ttl } ? new KeptResult(key, run.Outcome.FinishedAt + ttl) : null,
    };

    private AttemptEnd EndOf(NodeRun run, JobTransition transition, int attemptsUsed) => new()
    {
        Job = run.Job.Id,
        Fence = run.Job.Fence,
        Transition = transition,
        Execution = run.Execution,
        Attempt = run.Job.Attempts + 1,
        AttemptsUsed = attemptsUsed,
        LostWorkers = run.Job.LostWorkers,
        Node = Agent.Node,
        StartedAt = run.Outcome!.StartedAt,
        FinishedAt = run.Outcome.FinishedAt,
        Log = run.Outcome.Log,
    };

    private FailedAttempt FailureOf(NodeRun run) => new()
    {
        Queue = run.Queue,
        Job = run.Job,
        Execution = run.Execution,
        Failure = run.Outcome!.Failure!,
        Node = Agent.Node,
        StartedAt = run.Outcome.StartedAt,
        FinishedAt = run.Outcome.FinishedAt,
        Log = run.Outcome.Log,
    };

    private void Settle(QueueKey queue, List<SettledJob> jobs) =>
        _ = grains.GetGrain<IQueueGrain>(queue.GrainKey).SettledAsync(new SettledBatch(Agent.Name, jobs, Agent.Capacity));

    private void Tell(JobId job) => _ = grains.GetGrain<IJobGrain>(job.Value).EndedAsync();
}

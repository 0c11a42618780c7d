using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ratchet.Execution.Caching;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;
using Ratchet.Workers;

namespace Ratchet.Execution.Nodes;

/// <summary>
/// The worker of one silo: takes jobs from queues that own it, runs them in the sandbox pool and gives their ends to the sink. Knows nothing of grains.
/// </summary>
public sealed partial class NodeAgent(
    ISandboxPool pool, TaskPackageCache packages, IStore store, IJournal journal, IAttemptSink sink, CacheCounts cacheCounts, TimeProvider time, ILogger<NodeAgent> logger)
{
    private readonly ConcurrentDictionary<JobId, NodeRun> running = new();
    private readonly Dictionary<QueueKey, Guid> owners = [];
    private readonly Dictionary<QueueKey, int> told = [];
    private readonly Dictionary<string, LimitKeeper> keepers = new(StringComparer.Ordinal);
    private readonly Lock ownersGate = new();
    private volatile bool draining;
    private volatile bool stopping;
    private (string Name, string Incarnation) identity = ("", "");

    /// <summary>The node's name, by which its grain is found.</summary>
    public string Name => identity.Name;

    /// <summary>The node's incarnation, as attempts record it.</summary>
    public string Node => identity.Incarnation;

    /// <summary>Set once at start, before the first hand-out.</summary>
    public void Identify(string name, string incarnation) => identity = (name, incarnation);

    public bool Draining => draining;
    public int Running => running.Count;

    /// <summary>Jobs that the node takes at once; none while it drains.</summary>
    public int Capacity => draining ? 0 : pool.Capacity;

    /// <summary>Why the node can start no sandboxes now; null when it can.</summary>
    public string? Trouble => pool.Trouble;

    /// <summary>What stands around the node's sandboxes.</summary>
    public SandboxWalls Walls => pool.Walls;

    /// <summary>Makes <paramref name="owner"/> the only one whose hand-outs for the queue are taken, and tells what runs for the queue already.</summary>
    public IReadOnlyList<ReadyJob> Attach(QueueKey queue, Guid owner)
    {
        lock (ownersGate)
        {
            owners[queue] = owner;
            told[queue] = Capacity;
            return [.. running.Values.Where(r => r.Queue == queue).Select(r => r.Job)];
        }
    }

    /// <summary>Room grows and shrinks all the time, and ends of jobs tell of it: only what a queue without any has to know is news.</summary>
    private static bool IsNews(int told, int now) => (told == 0) != (now == 0) || Math.Abs(now - told) * 8 > told;

    /// <summary>The queues that think of this node's room as other than it is; from now on they are taken to know.</summary>
    public IReadOnlyList<QueueKey> TakeUntold(int capacity)
    {
        lock (ownersGate)
        {
            QueueKey[] untold = [.. told.Where(t => IsNews(t.Value, capacity)).Select(t => t.Key)];
            foreach (QueueKey queue in untold) told[queue] = capacity;
            return untold;
        }
    }

    /// <summary>
    /// Makes a keeper of a tenant's limits the only one whose grants are taken, unless a later one is known: then nothing changes. Tells what runs.
    /// </summary>
    public NodeHoldings TakeLimits(string tenant, long epoch, LimitedNames names)
    {
        lock (ownersGate)
        {
            long known = keepers.TryGetValue(tenant, out LimitKeeper? keeper) ? keeper.Epoch : 0;
            if (known <= epoch) keepers[tenant] = new LimitKeeper(known = epoch, names);
            NodeRun[] here = [.. running.Values.Where(r => r.Queue.Tenant == tenant)];
            return new NodeHoldings(known, [.. here.Select(HolderOf)], [.. here.Where(r => r is { Rated: true, HasStarted: false }).Select(StartingOf)]);
        }
    }

    private static LimitHolder HolderOf(NodeRun run) => new(run.Job.Id, run.Queue, LaneKey.Parse(run.Job.Lane));

    private static LimitStarting StartingOf(NodeRun run) => new(
        run.Queue, new LimitAsk(run.Job.Id, LaneKey.Parse(run.Job.Lane), run.Job.Options?.ConcurrencyLimit, run.Job.Options?.RateLimit, run.Job.Fence));

    /// <param name="limits">Epoch of the keeper of limits that granted those which need it.</param>
    /// <returns>
    /// False when another owner or keeper of limits has come since, an earlier attempt of one of them still runs, or the node drains: nothing was taken.
    /// </returns>
    public bool TryAccept(QueueKey queue, Guid owner, long limits, IReadOnlyList<ReadyJob> jobs)
    {
        DateTimeOffset now = time.GetUtcNow();
        var accepted = new List<NodeRun>(jobs.Count);
        lock (ownersGate)
        {
            if (draining || !owners.TryGetValue(queue, out Guid current) || current != owner) return false;
            LimitKeeper keeper = keepers.GetValueOrDefault(queue.Tenant, LimitKeeper.Unknown);
            if (keeper.Epoch != limits && jobs.Any(j => keeper.MustGrant(queue, j))) return false;
            // Its queue does not know of the attempt before, which is still here: it has to ask what runs.
            if (jobs.Any(j => running.TryGetValue(j.Id, out NodeRun? before) && before.Job.Fence < j.Fence)) return false;
            foreach (ReadyJob job in jobs)
            {
                var run = new NodeRun(queue, job, Guid.CreateVersion7(now), now) { Rated = keeper.IsRated(queue, job) };
                // A job that is here already is the answer to a repeated hand-out: the first one counts.
                if (running.TryAdd(job.Id, run)) accepted.Add(run);
            }
        }

        journal.NoteStarts([.. accepted.Select(r => new AttemptStart(r.Job.Id, r.Job.Fence, Node, now))]);
        Begin(accepted);
        return true;
    }

    public bool Watch(JobId job)
    {
        if (!running.TryGetValue(job, out NodeRun? run)) return false;
        run.Watch();
        return true;
    }

    /// <summary>The job's run; null when the node does not have it.</summary>
    public NodeRun? Find(JobId job) => running.GetValueOrDefault(job);

    /// <summary>Interrupts a run; its end is reported as Cancelled. False when the node does not have the job.</summary>
    public bool Cancel(JobId job)
    {
        if (!running.TryGetValue(job, out NodeRun? run)) return false;
        run.Cancel();
        return true;
    }

    /// <summary>
    /// Cancels the job by ending its run: the end is reported with who wanted it. False when the node does not have the job, or its run has just ended by itself.
    /// </summary>
    public bool Cancel(JobId job, EndedBy by)
    {
        if (!running.TryGetValue(job, out NodeRun? run) || run.Outcome is not null) return false;
        run.Cancel(by);
        return true;
    }

    /// <summary>Called by the sink when a run's end is committed (or refused): the node does not have the job any more.</summary>
    public void Forget(NodeRun run) => running.TryRemove(new KeyValuePair<JobId, NodeRun>(run.Job.Id, run));

    /// <summary>Takes no more work from now on.</summary>
    public void StopTaking()
    {
        stopping = true;
        SetDraining(true);
    }

    /// <summary>Takes no more work, or takes work again unless the node is stopping.</summary>
    public void SetDraining(bool drain)
    {
        lock (ownersGate)
        {
            drain |= stopping;
            if (draining == drain) return;
            draining = drain;
        }

        if (drain) NodeLog.Draining(logger, running.Count);
        else NodeLog.Taking(logger);
    }

    /// <summary>
    /// Takes no more work and completes when nothing runs. What still runs after <paramref name="patience"/> is interrupted and handed back to its queue.
    /// </summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancel)
    {
        StopTaking();
        await UntilIdleAsync(patience, cancel);
        foreach (NodeRun run in running.Values)
        {
            run.HandedBack = true;
            run.Cancel();
        }

        await UntilIdleAsync(patience, cancel);
    }

    private async Task UntilIdleAsync(TimeSpan patience, CancellationToken cancel)
    {
        DateTimeOffset until = time.GetUtcNow() + patience;
        while (!running.IsEmpty && time.GetUtcNow() < until && !cancel.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Begin(List<NodeRun> accepted)
    {
        List<NodeRun>? incomplete = null;
        foreach (NodeRun run in accepted)
        {
            if (run.CacheKey is null && run.Job.Input is { } input && packages.TryGet(run.Queue.Tenant, run.Job.Task.Digest, out TaskPackage? package)) Start(run, package!, input);
            else (incomplete ??= []).Add(run);
        }

        if (incomplete is not null) _ = FetchAndBeginAsync(incomplete);
    }

    /// <summary>
    /// The slow way in: looks for results that are there already, reads large inputs and task versions that this node has not seen. What cannot be read is handed back.
    /// </summary>
    private async Task FetchAndBeginAsync(List<NodeRun> runs)
    {
        if (runs.Exists(r => r.CacheKey is not null)) runs = await ReuseAsync(runs);
        var waiting = new Queue<NodeRun>(runs);
        try
        {
            List<JobId> missing = [.. runs.Where(r => r.Job.Input is null).Select(r => r.Job.Id)];
            IReadOnlyDictionary<JobId, byte[]> inputs =
                missing.Count == 0 ? new Dictionary<JobId, byte[]>() : await store.Jobs.ReadInputsAsync(missing, CancellationToken.None);
            for (; waiting.TryPeek(out NodeRun? run); waiting.Dequeue()) await FetchAndBeginAsync(run, run.Job.Input ?? inputs.GetValueOrDefault(run.Job.Id));
        }
        catch (StoreUnavailableException e)
        {
            NodeLog.CannotRead(logger, waiting.Count, e.Message);
            foreach (NodeRun run in waiting) HandBack(run, "The node could not read its input from the store.");
        }
#pragma warning disable CA1031 // Nobody awaits this; whatever it was, jobs that neither begin nor end would be lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (NodeRun run in waiting) EndUnbegun(run, e);
        }
    }

    private async Task FetchAndBeginAsync(NodeRun run, byte[]? input)
    {
        try
        {
            TaskPackage? package = await packages.GetAsync(run.Queue.Tenant, run.Job.Task.Digest, CancellationToken.None);
            if (package is null) End(run, MissingVersion(run.Job.Task));
            else if (input is not null) Start(run, package, input);
            else HandBack(run, "Its input was not in the store.");
        }
#pragma warning disable CA1031 // As above; those behind it are not to suffer for it.
        catch (Exception e) when (e is not StoreUnavailableException)
#pragma warning restore CA1031
        {
            EndUnbegun(run, e);
        }
    }

    /// <summary>As a lost worker: it is tried again, and not for ever.</summary>
    private void EndUnbegun(NodeRun run, Exception e)
    {
        NodeLog.CannotBegin(logger, run.Job.Id.ToString(), e);
        End(run, new Failure(FailureKind.WorkerLost, nameof(FailureKind.WorkerLost), $"The node could not begin it: {e.GetType().Name}."));
    }

    private static Failure MissingVersion(TaskReference task) => new(
        FailureKind.ConfigurationError, nameof(FailureKind.ConfigurationError), $"Version {task.Version} of task '{task.Name}' is not in the store any more.");

    private void Start(NodeRun run, TaskPackage package, byte[] input)
    {
        run.Input = input;
        run.Timeout = run.Job.Options?.Timeout ?? package.Execution.Timeout;
        if (run.CacheKey is not null) run.ResultTtl = package.Execution.Cache?.Ttl;
        var request = new RunRequest
        {
            Package = package,
            Tenant = run.Queue.Tenant,
            Execution = run.Execution,
            Job = run.Job.Id.Value,
            Attempt = run.Job.Attempts + 1,
            Input = input,
            Timeout = run.Timeout,
            Alone = run.Job.Alone,
            Started = run.Rated ? () => NoteStarted(run) : null,
            Log = run.Log,
            Record = run.Job.Options?.Record ?? package.Execution.Record,
        };
        pool.Run(request, static (state, outcome) =>
        {
            var (agent, run) = ((NodeAgent, NodeRun))state!;
            run.Outcome = outcome;
            // No evidence against its task: its queue has it back, and no attempt is counted.
            if (outcome.NeverBegan) run.HandedBack = true;
            agent.Report(run);
        }, (this, run), run.Cancelled);
    }

    private void NoteStarted(NodeRun run)
    {
        run.Start();
        sink.Started(run);
    }

    private void Report(NodeRun run) => sink.Ended(run);

    private void HandBack(NodeRun run, string reason)
    {
        run.HandedBack = true;
        End(run, new Failure(FailureKind.WorkerLost, nameof(FailureKind.WorkerLost), reason));
    }

    private void End(NodeRun run, Failure failure)
    {
        run.Log.End();
        run.Outcome = new RunOutcome { Failure = failure, StartedAt = run.AcceptedAt, FinishedAt = time.GetUtcNow() };
        sink.Ended(run);
    }
}

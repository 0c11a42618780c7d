using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>
/// Which run goes to which process. All state is behind one lock that is held for microseconds: nothing is started, awaited or called back under it.
/// This part holds what comes from above; the other parts hold what comes from the processes and from the clock.
/// </summary>
internal sealed partial class RunScheduler(SandboxOptions options, SandboxProgram program, TimeProvider time, FetchBridge fetches, SandboxMetrics metrics, ILogger logger, bool timeless = false) : ISandboxListener
{
    /// <summary>No deadlines: somebody debugs, and thinks.</summary>
    private readonly bool timeless = timeless;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Tenant, string Digest), Lane> lanes = [];
    private readonly Dictionary<SandboxProcess, Worker> byProcess = [];
    private readonly List<Worker> workers = [];
    private readonly List<Lane> hungry = [];
    private readonly Outcomes outcomes = new(time);
    private readonly Assignment assignment = new(options, time);
    private readonly DeathJudge judge = new(new Outcomes(time), options);
    private readonly Attention attention = new();
    private long lastSequence;
    private int inFlight;
    private bool stopped;
    private volatile string? trouble;

    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Runs that can be on their way before more of them only wait: twice what the processes are handed ahead, so that none runs dry.</summary>
    public int Capacity
    {
        get
        {
            lock (gate)
            {
                int capacity = 0, serving = 0;
                foreach (Worker worker in workers)
                {
                    if (worker.Lane is null) continue;
                    serving++;
                    capacity += 2 * worker.Window + worker.Pending;
                }
                return trouble is null ? capacity + Math.Max(0, options.Processes - serving) * 2 * Worker.FirstWindow : capacity;
            }
        }
    }

    /// <summary>See <see cref="ISandboxPool.Trouble"/>.</summary>
    public string? Trouble => trouble;

    public void Submit(PoolRun run)
    {
        RunOutcome? refused = outcomes.Refused(run, Math.Min(run.Request.Package.Execution.Limits?.JsonDepth ?? Limits.JsonDepth, options.MaxJsonDepth));
        Interlocked.Increment(ref inFlight);
        run.Request.Log?.Begin(() => CollectLog(run));
        lock (gate)
        {
            Lane lane = LaneOf(run.Request);
            run.Lane = lane;
            if (stopped) refused = outcomes.CannotStart(run, "The node is shutting down.");
            if (refused is null)
            {
                lane.Add(run);
                Feed(lane);
            }
            else
            {
                run.Ended = true;
                Forget(lane);
            }
        }
        if (refused is not null) Complete(run, refused);
    }

    /// <summary>The run's token has fired.</summary>
    public void Cancel(PoolRun run)
    {
        lock (gate)
        {
            if (run.Ended) return;
            if (run.Worker is { } worker)
            {
                if (run.Interruption == Interruption.None) Interrupt(worker, run, Interruption.Cancelled);
                return;
            }
            run.Ended = true;
        }
        Complete(run, outcomes.Cancelled(run));
    }

    /// <summary>Somebody watches the run and waits for what it says.</summary>
    private void CollectLog(PoolRun run)
    {
        lock (gate)
        {
            if (!run.Ended && run.Worker is { } worker) worker.CollectLog(run.Sequence);
        }
    }

    private void Complete(PoolRun run, RunOutcome outcome)
    {
        Interlocked.Decrement(ref inFlight);
        run.Log.End();
        metrics.Ended(outcome);
        try
        {
            run.Complete(outcome);
        }
#pragma warning disable CA1031 // A caller's defect must not end the thread that reads a process's answers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            SandboxLog.CallbackFailed(logger, e);
        }
    }

    private void Begun(PoolRun run)
    {
        try
        {
            run.Request.Started!();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            SandboxLog.CallbackFailed(logger, e);
        }
    }

    private Lane LaneOf(RunRequest request)
    {
        (string, string) key = (request.Tenant, request.Package.Digest);
        if (!lanes.TryGetValue(key, out Lane? lane)) lanes.Add(key, lane = new Lane(request.Tenant, request.Package, LimitsOf(request)));
        return lane;
    }

    private RunLimits LimitsOf(RunRequest request)
    {
        RunLimits limits = RunLimits.Of(request.Package.Execution, options);
        return timeless ? limits with { CpuTime = null } : limits;
    }

    /// <summary>Hands a lane's runs to its processes as far as they have room; what is left makes it want another.</summary>
    private void Feed(Lane lane)
    {
        if (lane.HasSolo && lane.Workers.Count > 0) FeedSolo(lane, lane.Workers[0]);
        while (Roomiest(lane) is { } worker && lane.TryTake(out PoolRun run)) Hand(worker, run);
        if (!lane.HasWork || lane.Hungry) return;
        lane.Hungry = true;
        hungry.Add(lane);
        Assign();
    }

    /// <summary>Suspects run one at a time, in a process that has nothing else.</summary>
    private void FeedSolo(Lane lane, Worker worker)
    {
        if (worker.InFlight.Count > 0 || worker.State is not (WorkerState.Serving or WorkerState.Loading) || !lane.TryTakeSolo(out PoolRun run)) return;
        Hand(worker, run);
        worker.Solo = run;
    }

    private static Worker? Roomiest(Lane lane)
    {
        Worker? best = null;
        bool solo = lane.HasSolo;
        for (int i = 0; i < lane.Workers.Count; i++)
        {
            Worker worker = lane.Workers[i];
            // The first process is kept for the suspects while there are any.
            if ((solo && i == 0) || !worker.HasRoom) continue;
            if (best is null || worker.InLine < best.InLine) best = worker;
        }
        return best;
    }

    private void Hand(Worker worker, PoolRun run)
    {
        bool wasIdle = worker.InFlight.Count == 0;
        worker.Hand(run, ++lastSequence, time.GetTimestamp());
        worker.Process.Send(run, static (to, run) =>
        {
            RunRequest request = run.Request;
            RunFrame.Write(to, run.Sequence, request.Execution, request.Job, request.Attempt, request.ValidateInput, request.Started is not null, request.Profile,
                (TraceWanted)request.Record, request.Replay?.ToFrame(), request.Input.Span);
        });
        if (wasIdle) attention.Set();
    }

    private void Interrupt(Worker worker, PoolRun run, Interruption why)
    {
        run.Interruption = why;
        run.InterruptedAt = time.GetTimestamp();
        // Before it, and read by another thread than the one that may never end: if the process is killed after all, the log is here.
        worker.CollectLog(run.Sequence);
        worker.Process.Send(run.Sequence, static (to, sequence) =>
        {
            to.Begin(FrameType.Interrupt);
            to.Int64(sequence);
            to.End();
        });
    }

    /// <summary>Gives processes to the lanes that want one: those that have none first.</summary>
    private void Assign()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < hungry.Count; i++)
            {
                Lane lane = hungry[i];
                if ((lane.Workers.Count == 0) != (pass == 0)) continue;
                if (lane.HasWork && TryAssign(lane)) FeedAssigned(lane);
                if (lane.HasWork) continue;
                lane.Hungry = false;
                hungry.RemoveAt(i--);
            }
        }
        if (hungry.Count > 0) DrainForHungry();
    }

    private void FeedAssigned(Lane lane)
    {
        if (lane.HasSolo) FeedSolo(lane, lane.Workers[0]);
        while (Roomiest(lane) is { } worker && lane.TryTake(out PoolRun run)) Hand(worker, run);
    }

    private bool TryAssign(Lane lane)
    {
        // One that only suspects wait for has its process, or gets it here; more would not help.
        if (lane.Workers.Count > 0 && lane.Workers.TrueForAll(worker => worker.Solo is not null || worker.State == WorkerState.Loading)) return false;
        bool mayGrow = Serving() < assignment.Allowed(workers);
        if (assignment.Free(lane, workers, mayGrow) is { } free)
        {
            Lane? former = free.Lane;
            free.Leave();
            if (former is not null) Forget(former);
            Load(free, lane);
            return true;
        }
        if (!mayGrow && assignment.Stale(lane, workers) is { } stale)
        {
            Retire(stale);
            return TryAssign(lane);
        }
        attention.Set();
        return false;
    }

    private void DrainForHungry()
    {
        int without = hungry.Count(lane => lane.Workers.Count == 0);
        int draining = workers.Count(worker => worker.Draining);
        for (; draining < without && assignment.ToDrain(workers) is { } worker; draining++)
        {
            worker.Draining = true;
            if (worker.InFlight.Count == 0) Drained(worker);
        }
    }

    /// <summary>A process whose turn is over is empty: the next lane of its tenant gets it; one of another tenant gets a fresh one in its place.</summary>
    private void Drained(Worker worker)
    {
        Lane former = worker.Lane!;
        Lane? next = hungry.Find(lane => lane.Workers.Count == 0 && lane.Tenant == worker.Tenant && lane != former);
        if (next is null || !assignment.MayServeAnother(worker))
        {
            Retire(worker);
            return;
        }
        worker.Leave();
        Load(worker, next);
        FeedAssigned(next);
        Forget(former);
    }

    private void Load(Worker worker, Lane lane)
    {
        worker.Assign(lane, time.GetTimestamp());
        TaskPackage package = lane.Package;
        worker.Process.LimitMemory(MostBytes(lane));
        worker.Process.Send(LoadFrames.Of(package, checkAll: false, options.ContextRuns, lane.Limits), static (to, frame) => frame.Write(to));
        attention.Set();
    }

    private void Retire(Worker worker)
    {
        Lane? lane = worker.Lane;
        worker.Leave();
        worker.State = WorkerState.Dying;
        worker.Process.Kill(KillCause.Retired);
        if (lane is not null) Forget(lane);
        attention.Set();
    }

    private void Forget(Lane lane)
    {
        if (lane.HasWork && !lane.Hungry)
        {
            lane.Hungry = true;
            hungry.Add(lane);
        }
        if (lane.IsUnused && !lane.Hungry) lanes.Remove((lane.Tenant, lane.Package.Digest));
    }

    private int Serving()
    {
        int serving = 0;
        foreach (Worker worker in workers) if (worker.Lane is not null) serving++;
        return serving;
    }
}

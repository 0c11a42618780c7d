using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>What comes from the clock, on the caretaker's thread: starts, deadlines, idle processes.</summary>
internal sealed partial class RunScheduler
{
    // After so many starts in a row that came to nothing, those who wait are told. It is tried again all the same: what is wrong is the machine's, and may be mended.
    private const int StartFailuresBeforeGivingUp = 3;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>How often a process that has long runs is asked for what they have said: so much of it is lost at most when it is killed.</summary>
    private static readonly TimeSpan LogPeriod = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int startFailures;
    private long lastStartFailure;

    /// <summary>Completes with the first process that is ready; fails when none can be started.</summary>
    public Task Ready => ready.Task;

    /// <summary>Set when the caretaker has something to do before its next tick.</summary>
    public Attention Attention => attention;

    /// <summary>Whether any process has work, is starting or is wanted: the caretaker then ticks.</summary>
    public bool IsBusy
    {
        get
        {
            lock (gate) return hungry.Count > 0 || workers.Exists(worker => worker.InFlight.Count > 0 || worker.State is WorkerState.Starting or WorkerState.Loading);
        }
    }

    /// <summary>Processes that wait for a task.</summary>
    public int SpareCount
    {
        get
        {
            lock (gate) return workers.Count(worker => worker.State == WorkerState.Spare);
        }
    }

    /// <summary>Processes that serve a task.</summary>
    public int ServingCount
    {
        get
        {
            lock (gate) return Serving();
        }
    }

    public IReadOnlyList<int> ServingIds
    {
        get
        {
            lock (gate) return [.. workers.Where(worker => worker.Lane is not null).Select(worker => worker.Process.InnerId)];
        }
    }

    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (gate) return [.. workers.Where(worker => worker.State != WorkerState.Dying).Select(worker => worker.Process.InnerId)];
        }
    }

    /// <summary>Starts the processes that are wanted now.</summary>
    public void StartWanted()
    {
        while (WantsProcess())
        {
            try
            {
                SandboxProcess process = SandboxProcess.Start(program, this);
                lock (gate)
                {
                    var worker = new Worker(process, time.GetTimestamp());
                    workers.Add(worker);
                    byProcess.Add(process, worker);
                    if (stopped) Kill(worker, KillCause.Retired);
                }
                metrics.Started();
                process.Listen();
            }
            catch (RatchetException e)
            {
                var done = new Completions();
                lock (gate) StartFailed(new Death(KillCause.None, 0, e.Message), done);
                done.CallBack(Complete);
                return;
            }
        }
    }

    /// <summary>Holds all runs and loads to their deadlines, and lets go of what has been idle for long.</summary>
    public void Tick()
    {
        lock (gate)
        {
            for (int i = workers.Count - 1; i >= 0; i--) Check(workers[i]);
            if (hungry.Count > 0) Assign();
        }
    }

    /// <summary>The processes that have work, with the most resident bytes that each may have.</summary>
    public List<(SandboxProcess Process, long MostBytes)> Watched()
    {
        lock (gate)
        {
            return [.. workers.Where(worker => worker.Lane is not null && (worker.InFlight.Count > 0 || worker.State == WorkerState.Loading))
                .Select(worker => (worker.Process, MostBytes(worker.Lane!)))];
        }
    }

    private long MostBytes(Lane lane) => (long)(lane.Limits.HeapMb + options.MemoryAllowanceMb) << 20;

    public void KillForMemory(SandboxProcess process)
    {
        lock (gate)
        {
            if (byProcess.TryGetValue(process, out Worker? worker) && worker.State != WorkerState.Dying) Kill(worker, KillCause.Memory);
        }
    }

    /// <summary>Ends all processes; completes when they are gone and all runs have ended.</summary>
    public Task StopAsync()
    {
        var done = new Completions();
        lock (gate)
        {
            stopped = true;
            foreach (Lane lane in lanes.Values) foreach (PoolRun run in lane.TakeAll()) done.Add(run, outcomes.CannotStart(run, "The node is shutting down."));
            hungry.Clear();
            foreach (Worker worker in workers) Kill(worker, KillCause.Retired);
            if (workers.Count == 0) emptied.TrySetResult();
        }
        ready.TrySetException(new RatchetException("The sandbox pool was stopped before it was ready."));
        done.CallBack(Complete);
        attention.Set();
        return emptied.Task;
    }

    private bool WantsProcess()
    {
        lock (gate)
        {
            if (stopped || (startFailures > 0 && time.GetElapsedTime(lastStartFailure) < Pause())) return false;
            int unassigned = workers.Count(worker => worker.State is WorkerState.Starting or WorkerState.Spare);
            int serving = Serving();
            bool more = hungry.Count > 0 && serving + unassigned < assignment.Allowed(workers);
            // Without a spare that is wanted anyhow, one is started to see whether it can be.
            int spares = ready.Task.IsCompleted && trouble is null ? options.Spares : Math.Max(options.Spares, 1);
            return unassigned < spares + (more ? 1 : 0) && serving + unassigned < options.MaxProcesses + spares;
        }
    }

    /// <summary>Twice as long with each failure after those that were to be expected.</summary>
    private TimeSpan Pause()
    {
        double longer = PauseAfterFailure.TotalSeconds * Math.Pow(2, Math.Clamp(startFailures - StartFailuresBeforeGivingUp, 0, 10));
        return TimeSpan.FromSeconds(Math.Min(longer, LongestPause.TotalSeconds));
    }

    private void StartFailed(Death death, Completions done)
    {
        lastStartFailure = time.GetTimestamp();
        if (++startFailures < StartFailuresBeforeGivingUp) return;
        string why = $"The sandbox cannot be started: {program.Assembly}: {(death.ExitCode == 0 ? death.Evidence : death.Summary)}.";
        if (trouble is null) SandboxLog.CannotStart(logger, why);
        trouble = why;
        ready.TrySetException(new RatchetException(why));
        // What there is goes on, and takes turns.
        if (Serving() > 0) return;
        foreach (Lane lane in hungry.Where(lane => lane.Workers.Count == 0))
        {
            foreach (PoolRun run in lane.TakeAll()) done.Add(run, outcomes.CannotStart(run, why));
        }
    }

    private void Check(Worker worker)
    {
        TimeSpan inState = time.GetElapsedTime(worker.Since);
        switch (worker.State)
        {
            case WorkerState.Starting when inState > options.StartTimeout:
                Kill(worker, KillCause.StartOverdue);
                break;
            case WorkerState.Loading when !timeless && inState > options.LoadTimeout:
                Kill(worker, KillCause.LoadOverdue);
                break;
            case WorkerState.Serving when worker.InFlight.Count == 0 && inState > options.IdleTimeout:
                Retire(worker);
                break;
            case WorkerState.Spare when inState > options.IdleTimeout && workers.Count(other => other.State == WorkerState.Spare) > options.Spares:
                Retire(worker);
                break;
            case WorkerState.Serving:
                CheckRuns(worker);
                break;
        }
    }

    private void CheckRuns(Worker worker)
    {
        bool hasLong = false;
        if (worker.Head() is { } head) CheckRun(worker, head, ref hasLong);
        if (worker.Pending > 0) foreach (PoolRun run in worker.InFlight.Values) if (run.Pending) CheckRun(worker, run, ref hasLong);
        if (!hasLong || worker.State == WorkerState.Dying || time.GetElapsedTime(worker.LogsCollected) < LogPeriod) return;
        worker.LogsCollected = time.GetTimestamp();
        worker.CollectLog(LogFrame.AllLong);
    }

    private void CheckRun(Worker worker, PoolRun run, ref bool hasLong)
    {
        if (run.RunningSince == 0 || worker.State == WorkerState.Dying) return;
        hasLong |= time.GetElapsedTime(run.RunningSince) >= LogFrame.Unasked;
        if (run.Interruption == Interruption.None)
        {
            if (!timeless && time.GetElapsedTime(run.RunningSince) > run.Request.Timeout) Interrupt(worker, run, Interruption.Timeout);
        }
        else if (time.GetElapsedTime(Math.Max(run.InterruptedAt, run.RunningSince)) > options.Grace) Kill(worker, KillCause.Overdue);
    }
}

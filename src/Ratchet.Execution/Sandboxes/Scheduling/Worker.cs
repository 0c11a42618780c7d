using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Scheduling;

internal enum WorkerState
{
    /// <summary>Started, has not said Hello.</summary>
    Starting = 0,
    /// <summary>Serves no task: a spare.</summary>
    Spare,
    /// <summary>Was told to load a task.</summary>
    Loading,
    Serving,
    /// <summary>Was killed; its end has not been heard of yet.</summary>
    Dying,
}

/// <summary>A process as the scheduler sees it. Guarded by the scheduler's lock.</summary>
internal sealed class Worker(SandboxProcess process, long now)
{
    public const int FirstWindow = 2;

    // Weight of the newest run in the mean of run times.
    private const double Newest = 0.1;

    private readonly Queue<PoolRun> line = new();
    private double meanMicros;
    private bool loading;

    public SandboxProcess Process { get; } = process;
    public WorkerState State { get; set; } = WorkerState.Starting;

    /// <summary>Since when it has been in its state, or idle; a timestamp.</summary>
    public long Since { get; set; } = now;

    /// <summary>Since when it has served its lane.</summary>
    public long ServingSince { get; set; }
    public Lane? Lane { get; set; }

    /// <summary>The tenant whose code has run in it; it never serves another.</summary>
    public string? Tenant { get; set; }

    /// <summary>When its long runs were last asked for what they have said: a timestamp.</summary>
    public long LogsCollected { get; set; }

    /// <summary>Whether it was loading a task when it was killed, or is loading now.</summary>
    public bool Loading
    {
        get => loading || State == WorkerState.Loading;
        set => loading = value;
    }

    /// <summary>Gets nothing more until it is empty, and then goes to a lane that waits.</summary>
    public bool Draining { get; set; }

    public Dictionary<long, PoolRun> InFlight { get; } = [];
    public int Pending { get; set; }

    /// <summary>Its fetch calls that have not been answered, by their number.</summary>
    public Dictionary<int, OpenFetch> Fetches { get; } = [];

    /// <summary>Bytes of the bodies of those calls.</summary>
    public long FetchBytes { get; set; }
    public int Window { get; private set; } = FirstWindow;
    public int InLine => InFlight.Count - Pending;

    /// <summary>A run that is alone in it.</summary>
    public PoolRun? Solo { get; set; }

    /// <summary>Bytes of inputs that it has been handed and not answered.</summary>
    public long Bytes { get; set; }

    public bool IsIdle => State == WorkerState.Serving && InFlight.Count == 0;

    public bool HasRoom => State is WorkerState.Serving or WorkerState.Loading && !Draining && Solo is null
        && InLine < Window && Pending < FrameLimits.PendingRuns && Bytes < MostBytes;

    // What is in a pipe and a child's queue at once; large inputs are not worth handing over far ahead.
    private const long MostBytes = 4 << 20;

    public void Assign(Lane lane, long now)
    {
        Lane = lane;
        Tenant = lane.Tenant;
        lane.Workers.Add(this);
        State = WorkerState.Loading;
        Since = ServingSince = now;
        Draining = false;
        Window = Math.Max(FirstWindow, lane.LastWindow / 2);
        meanMicros = 0;
    }

    /// <param name="sequence">Of a run, or <see cref="LogFrame.AllLong"/>.</param>
    public void CollectLog(long sequence) => Process.Send(sequence, static (to, sequence) => LogFrame.WriteCollect(to, sequence));

    public void Leave()
    {
        Lane?.Workers.Remove(this);
        Lane = null;
    }

    public void Hand(PoolRun run, long sequence, long now)
    {
        run.Worker = this;
        run.Sequence = sequence;
        run.Pending = false;
        run.Interruption = Interruption.None;
        run.RunningSince = line.Count == 0 && State == WorkerState.Serving ? now : 0;
        InFlight.Add(sequence, run);
        line.Enqueue(run);
        Bytes += run.Request.Input.Length;
    }

    /// <summary>The run whose turn it is in the process; null when none is.</summary>
    public PoolRun? Head()
    {
        while (line.TryPeek(out PoolRun? run))
        {
            if (run.Worker == this && !run.Pending && InFlight.ContainsKey(run.Sequence)) return run;
            line.Dequeue();
        }
        return null;
    }

    /// <summary>The line has moved on: whoever is first now runs from now.</summary>
    public void Advance(long now)
    {
        if (Head() is { } head) head.RunningSince = now;
    }

    /// <summary>Takes a run out; false when the process was never given it or has answered it.</summary>
    public bool TryRemove(long sequence, out PoolRun run)
    {
        if (!InFlight.Remove(sequence, out run!)) return false;
        if (run.Pending) Pending--;
        Bytes -= run.Request.Input.Length;
        if (Solo == run) Solo = null;
        run.Worker = null;
        return true;
    }

    /// <summary>Adapts how many runs are handed over ahead to how long they take.</summary>
    /// <param name="busyMicros">Time that the run held the process.</param>
    public void Measure(long busyMicros, SandboxOptions options)
    {
        meanMicros = meanMicros == 0 ? busyMicros : meanMicros + (busyMicros - meanMicros) * Newest;
        double wanted = options.Ahead.TotalMicroseconds / Math.Max(meanMicros, 1);
        // At most double for each answer that a window's worth of runs has given: one fast run does not say much.
        int target = (int)Math.Clamp(wanted, 1, options.MaxAhead);
        Window = target > Window ? Math.Min(target, Window + 1) : target;
        if (Lane is not null) Lane.LastWindow = Window;
    }
}

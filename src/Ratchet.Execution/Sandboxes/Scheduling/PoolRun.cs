using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>Why a run was interrupted.</summary>
internal enum Interruption
{
    None = 0,
    Timeout,
    Cancelled,
}

/// <summary>One execution in the pool. Guarded by the scheduler's lock, but for what it is made of.</summary>
internal sealed class PoolRun(RunRequest request, Action<object?, RunOutcome> done, object? state)
{
    private int completed;

    public RunRequest Request { get; } = request;
    public Lane? Lane { get; set; }
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>The process it was handed to; null while it waits.</summary>
    public Worker? Worker { get; set; }
    public long Sequence { get; set; }

    /// <summary>Its script has returned a promise: it waits within the process and no longer holds up the line.</summary>
    public bool Pending { get; set; }

    /// <summary>Since when it has been the one that runs, or a waiting one: a timestamp; 0 before.</summary>
    public long RunningSince { get; set; }
    /// <summary>When it said that its script has begun; of runs that are to tell.</summary>
    public DateTimeOffset? StartedAt { get; set; }
    public Interruption Interruption { get; set; }
    public long InterruptedAt { get; set; }

    /// <summary>Processes that ended under it.</summary>
    public int Losses { get; set; }

    /// <summary>Runs alone in its process from now on, because it may be what ends them.</summary>
    public bool Solo { get; set; } = request.Alone;

    public bool Ended { get; set; }

    /// <summary>Its process has told its result: which of its fetch calls end with it is the process's to say, others of its runs may wait for them.</summary>
    public bool Answered { get; set; }

    /// <summary>Ends its fetch calls.</summary>
    public CancellationTokenSource? Fetches { get; set; }

    /// <summary>HTTP calls that it has made so far.</summary>
    public int FetchCalls { get; set; }

    /// <summary>What it has used of the network; made with its first HTTP call.</summary>
    public FetchUse? Use { get; set; }

    /// <summary>Made with its first HTTP call, if it is to be recorded.</summary>
    public ExchangeRecorder? Recorder { get; set; }

    /// <summary>What it has said so far.</summary>
    public RunLog Log { get; } = request.Log ?? new RunLog();

    /// <summary>What has come of its profile; null before.</summary>
    public MemoryStream? Profile { get; private set; }

    /// <summary>False when it was not to be profiled, or the profile is too large.</summary>
    public bool TryAddProfile(byte[] part)
    {
        if (!Request.Profile || (Profile?.Length ?? 0) + part.Length > FrameLimits.ProfileBytes) return false;
        (Profile ??= new MemoryStream()).Write(part);
        return true;
    }

    /// <summary>What is kept of a run that ends like this; null when nothing is.</summary>
    public RecordedRun? Recorded(bool failed, RunTrace? trace)
    {
        if (Request.Record == RecordMode.Never || (Request.Record == RecordMode.OnFailure && !failed)) return null;
        return new RecordedRun(trace, Recorder?.Exchanges ?? [], trace is { Complete: true } && Recorder is not { Complete: false });
    }

    /// <summary>It is to be run again from its beginning.</summary>
    public void Reset()
    {
        RunningSince = 0;
        Interruption = Interruption.None;
        Worker = null;
        FetchCalls = 0;
        Use = null;
        Recorder = null;
        Answered = false;
        Profile = null;
        Log.Restart();
    }

    /// <summary>Calls back, once, whatever happens twice. Not under the lock.</summary>
    public void Complete(RunOutcome outcome)
    {
        if (Interlocked.Exchange(ref completed, 1) != 0) return;
        Cancellation.Unregister();
        if (!Answered) Fetches?.Cancel();
        done(state, outcome);
    }
}

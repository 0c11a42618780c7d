using Ratchet.Execution.Sandboxes;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;

namespace Ratchet.Execution.Nodes;

/// <summary>A job that the node has been handed: from acceptance until its end is reported.</summary>
#pragma warning disable CA1001 // Neither a timer nor a wait handle is ever asked of the token source: there is nothing to dispose.
public sealed class NodeRun(QueueKey queue, ReadyJob job, Guid execution, DateTimeOffset acceptedAt)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource cancel = new();
    private volatile bool watched = job.Watched;
    private volatile bool started;

    public QueueKey Queue { get; } = queue;
    public ReadyJob Job { get; } = job;
    public Guid Execution { get; } = execution;
    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    /// <summary>Its start counts against a rate.</summary>
    public bool Rated { get; init; }

    /// <summary>Its script has begun; known of those that are <see cref="Rated"/>.</summary>
    public bool HasStarted => started;

    /// <summary>What it has said so far.</summary>
    public RunLog Log { get; } = new();

    /// <summary>Set when it is given to the sandbox pool; null when it never was.</summary>
    public byte[]? Input { get; set; }

    /// <summary>What the run may take; set with <see cref="Input"/>.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>Set before the run is given to the sink.</summary>
    public RunOutcome? Outcome { get; set; }

    /// <summary>Whose result the job was given instead of being run, and that is committed; null: it was run.</summary>
    public JobId? ReusedFrom { get; set; }

    /// <summary>How long equal jobs are given its result; null: they are not.</summary>
    public TimeSpan? ResultTtl { get; set; }

    /// <summary>The node gave the job back before it ran, through no fault of the job: its lost workers are not counted.</summary>
    public bool HandedBack { get; set; }

    /// <summary>Who cancelled its job: the attempt's end is the job's. Null: nobody has, or the job's row says so already.</summary>
    public EndedBy? CancelledBy { get; private set; }

    /// <summary>Somebody waits for the job's end.</summary>
    public bool Watched => watched;

    /// <summary>Whose result it shares (<see cref="LaneKey.Cache"/>); null for most.</summary>
    public string? CacheKey { get; } = LaneKey.CacheOf(job.Lane, job.Task.Name);

    public CancellationToken Cancelled => cancel.Token;

    public void Start() => started = true;

    public void Watch() => watched = true;

    public void Cancel() => cancel.Cancel();

    public void Cancel(EndedBy by)
    {
        CancelledBy = by;
        Watch();
        Cancel();
    }
}

namespace Ratchet.Jobs;

/// <summary>Where a job stands. The only ways between states are in <see cref="JobTransition"/>.</summary>
public enum JobState
{
    /// <summary>Accepted, its run-at is in the future. The queue's due index moves it to <see cref="Queued"/>.</summary>
    Scheduled = 0,

    /// <summary>Ready to run. The queue hands it to a worker node, which moves it to <see cref="Processing"/>.</summary>
    Queued = 1,

    /// <summary>A worker node has it. Written behind: a job that ends within milliseconds goes from <see cref="Queued"/> straight to its end.</summary>
    Processing = 2,

    /// <summary>An attempt failed and another follows after a backoff. The job's own reminder or the due index moves it to <see cref="Queued"/>.</summary>
    Retrying = 3,

    /// <summary>Terminal: one attempt's output was accepted.</summary>
    Completed = 4,

    /// <summary>Terminal until re-driven: attempts used up, or a failure that is not retried. The dead-letter view shows these.</summary>
    Failed = 5,

    /// <summary>Terminal until re-driven: somebody cancelled it.</summary>
    Cancelled = 6,

    /// <summary>Terminal until re-driven: its deadline passed before it started.</summary>
    Expired = 7,

    /// <summary>Terminal until re-driven: it ended too many worker processes.</summary>
    Quarantined = 8,
}

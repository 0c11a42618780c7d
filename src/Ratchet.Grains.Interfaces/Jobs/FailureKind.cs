namespace Ratchet.Jobs;

/// <summary>What kind of failure ended an attempt. Retry policy reads the kind, never the text.</summary>
public enum FailureKind
{
    /// <summary>The task's own code threw; <see cref="Failure.Name"/> is the class of the error.</summary>
    TaskError = 0,

    /// <summary>The input does not match the task's input schema.</summary>
    InvalidInput = 1,

    /// <summary>The output does not match the task's output schema, or is not JSON.</summary>
    InvalidOutput = 2,

    /// <summary>The attempt ran longer than its timeout.</summary>
    Timeout = 3,

    /// <summary>The attempt used more memory than its sandbox may.</summary>
    OutOfMemory = 4,

    /// <summary>The process or the node that ran the attempt went away. Never uses up an attempt.</summary>
    WorkerLost = 5,

    /// <summary>Somebody cancelled the job while the attempt ran.</summary>
    Cancelled = 6,

    /// <summary>The task itself cannot run: no function exported, a syntax error, an unknown policy.</summary>
    ConfigurationError = 7,

    /// <summary>The attempt used more processor time than it may.</summary>
    CpuLimit = 8,
}

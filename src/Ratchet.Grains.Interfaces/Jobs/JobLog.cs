namespace Ratchet.Jobs;

/// <summary>A place in a job's log: so many lines of that execution, and all of those before it.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.log-place")]
public readonly record struct LogPlace([property: Id(0)] Guid Execution, [property: Id(1)] int Lines);

/// <summary>Lines of one execution that follow one another, or news of the job without lines.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.job-log-part")]
public sealed record JobLogPart
{
    /// <summary>The job's state; at an end with the last part.</summary>
    [Id(0)] public required JobState State { get; init; }
    /// <summary>Nothing comes behind this part: the job is at an end, and all that was said has been handed on.</summary>
    [Id(1)] public bool Last { get; init; }
    [Id(2)] public Guid Execution { get; init; }
    [Id(3)] public int Attempt { get; init; }
    /// <summary>What the lines' offsets count from.</summary>
    [Id(4)] public DateTimeOffset StartedAt { get; init; }
    /// <summary>Lines of the execution before these. When it is less than what was handed on, the execution's process was lost and it has begun again, and so has its log.</summary>
    [Id(5)] public int From { get; init; }
    [Id(6)] public IReadOnlyList<LogEntry> Lines { get; init; } = [];

    /// <summary>The place behind it.</summary>
    public LogPlace End => new(Execution, From + Lines.Count);
}

/// <summary>What a node knows of the log of a run that it has.</summary>
/// <param name="Tries">How often the run has begun on the node, the present time included.</param>
/// <param name="StartedAt">What the lines' offsets count from; null before the first line.</param>
/// <param name="From">Lines before these.</param>
/// <param name="Ended">The run has ended, and nothing comes behind these lines.</param>
[GenerateSerializer, Immutable, Alias("ratchet.running-log")]
public sealed record RunningLog(
    [property: Id(0)] Guid Execution,
    [property: Id(1)] int Attempt,
    [property: Id(2)] int Tries,
    [property: Id(3)] DateTimeOffset? StartedAt,
    [property: Id(4)] int From,
    [property: Id(5)] IReadOnlyList<LogEntry> Lines,
    [property: Id(6)] bool Ended);

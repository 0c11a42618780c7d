namespace Ratchet.Tasks;

/// <summary>What one execution may use beside its time and its heap; from <c>execution</c> in a task's metadata. Null: the node's own limit. A node's lower limit goes before a task's.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-limits")]
public sealed record TaskLimits
{
    /// <summary>Processor time of one attempt, waiting not counted; 1 ms to 1 h (<c>execution.cpuTimeMs</c>).</summary>
    [Id(0)] public TimeSpan? CpuTime { get; init; }

    /// <summary>Memory of all ArrayBuffers together in MiB; 1 to 1024, by default as much as the heap (<c>execution.arrayBufferMb</c>).</summary>
    [Id(1)] public int? ArrayBufferMb { get; init; }

    /// <summary>Bytes of the output's JSON; 1 to <see cref="Limits.OutputBytes"/> (<c>execution.outputBytes</c>).</summary>
    [Id(2)] public int? OutputBytes { get; init; }

    /// <summary>Lines of the log; 0 to <see cref="Limits.LogLines"/> (<c>execution.logLines</c>).</summary>
    [Id(3)] public int? LogLines { get; init; }

    /// <summary>Bytes of the log's text; 0 to <see cref="Limits.LogBytes"/> (<c>execution.logBytes</c>).</summary>
    [Id(4)] public int? LogBytes { get; init; }

    /// <summary>Levels of arrays and objects in one another, in the input and in the output; 1 to <see cref="Limits.JsonDepth"/> (<c>execution.jsonDepth</c>).</summary>
    [Id(5)] public int? JsonDepth { get; init; }
}

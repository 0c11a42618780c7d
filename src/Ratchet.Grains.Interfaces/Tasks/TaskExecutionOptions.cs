namespace Ratchet.Tasks;

/// <summary>How a task's code runs; from <c>execution</c> in its metadata.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-execution-options")]
public sealed record TaskExecutionOptions
{
    /// <summary>Longest run of one attempt; 1 ms to 1 h, default 30 s. Metadata: <c>execution.timeoutMs</c>, or the original's top-level <c>timeout</c> in ms.</summary>
    [Id(0)] public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the context lives on between executions (<c>execution.context</c>: <c>warm</c>, the default, or <c>fresh</c>).</summary>
    [Id(1)] public ContextMode Context { get; init; } = ContextMode.Warm;

    /// <summary>Heap of the isolate in MiB; 16 to 1024, default 128 (<c>execution.heapMb</c>).</summary>
    [Id(2)] public int HeapMb { get; init; } = 128;
}

public enum ContextMode
{
    Warm = 0,
    Fresh = 1,
}

using Ratchet.Caching;

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

    /// <summary>When to stop starting jobs of a task that keeps failing (<c>circuitBreaker</c>); null: never.</summary>
    [Id(3)] public BreakerPolicy? Breaker { get; init; }

    /// <summary>The hosts that the task may call, of those that its node lets tasks call at all (<c>fetch</c>); null: all of these.</summary>
    [Id(4)] public FetchRules? Fetch { get; init; }

    /// <summary>Which executions are recorded (<c>execution.record</c>: <c>onFailure</c>, the default, <c>always</c> or <c>never</c>).</summary>
    [Id(5)] public RecordMode Record { get; init; } = RecordMode.OnFailure;

    /// <summary>What else an execution may use; null: what its node allows any.</summary>
    [Id(6)] public TaskLimits? Limits { get; init; }

    /// <summary>Whether its code may make code of text, by <c>eval</c> or <c>new Function</c> (<c>execution.codeGeneration</c>); by default it may not.</summary>
    [Id(7)] public bool CodeGeneration { get; init; }

    /// <summary>For how long equal jobs share one result (<c>cache</c>); null: each is run.</summary>
    [Id(8)] public CachePolicy? Cache { get; init; }
}

/// <summary>What a task's <c>fetch</c> in its metadata says: no more than its node allows anyway. Hosts are names, <c>*.</c> and a domain for all names below it, or <c>*</c>; at most 100 each.</summary>
/// <param name="Allow">None: all that are not denied (<c>fetch.allow</c>).</param>
/// <param name="Deny">Refused, allowed or not (<c>fetch.deny</c>).</param>
[GenerateSerializer, Immutable, Alias("ratchet.fetch-rules")]
public sealed record FetchRules([property: Id(0)] IReadOnlyList<string> Allow, [property: Id(1)] IReadOnlyList<string> Deny)
{
    /// <summary>Longest time of one request (<c>fetch.timeoutMs</c>).</summary>
    [Id(2)] public TimeSpan? Timeout { get; init; }

    /// <summary>Most requests of one execution (<c>fetch.calls</c>).</summary>
    [Id(3)] public int? Calls { get; init; }

    /// <summary>Most of them at once (<c>fetch.concurrent</c>).</summary>
    [Id(4)] public int? Concurrent { get; init; }

    /// <summary>Largest answer (<c>fetch.responseBytes</c>).</summary>
    [Id(5)] public int? ResponseBytes { get; init; }

    /// <summary>Most bytes of bodies of one execution (<c>fetch.totalBytes</c>).</summary>
    [Id(6)] public int? TotalBytes { get; init; }
}

/// <summary>When a task's circuit breaker opens, and for how long.</summary>
/// <param name="FailureRatio">Part of the attempts that must fail; more than 0, at most 1, default 0.5 (<c>circuitBreaker.failureRatio</c>).</param>
/// <param name="MinimumThroughput">Attempts that must have ended within the sampling time before the ratio counts; 2 to 100,000, default 20 (<c>circuitBreaker.minimumThroughput</c>).</param>
/// <param name="Sampling">Time over which attempts are counted; 0.5 s to 1 h, default 30 s (<c>circuitBreaker.samplingMs</c>).</param>
/// <param name="Break">How long it stays open before one job may try; 0.5 s to 1 h, default 30 s (<c>circuitBreaker.breakMs</c>).</param>
[GenerateSerializer, Immutable, Alias("ratchet.breaker-policy")]
public sealed record BreakerPolicy(
    [property: Id(0)] double FailureRatio,
    [property: Id(1)] int MinimumThroughput,
    [property: Id(2)] TimeSpan Sampling,
    [property: Id(3)] TimeSpan Break);

public enum ContextMode
{
    Warm = 0,
    Fresh = 1,
}

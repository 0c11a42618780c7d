namespace Ratchet.Tasks;

/// <summary>When a failed attempt is followed by another; from <c>retry</c> in the task's metadata.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.retry-policy")]
public sealed record RetryPolicy
{
    /// <summary>Attempts in all, the first included; 1 to <see cref="Limits.MaxAttempts"/>, default 3 (<c>retry.maxAttempts</c>).</summary>
    [Id(0)] public int MaxAttempts { get; init; } = 3;

    /// <summary>Upper bound of the first wait; default 1 s (<c>retry.initialDelayMs</c>).</summary>
    [Id(1)] public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer; default 10 min (<c>retry.maxDelayMs</c>).</summary>
    [Id(2)] public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Growth of an exponential bound from one attempt to the next; 1 to 10, default 2 (<c>retry.factor</c>).</summary>
    [Id(3)] public double Factor { get; init; } = 2;

    /// <summary>Full jitter: each wait is uniform between 0 and its bound; default true (<c>retry.jitter</c>). Without it, a wait is its bound.</summary>
    [Id(4)] public bool Jitter { get; init; } = true;

    /// <summary>Error names or failure kinds that are retried although they are not by default (<c>retry.retryOn</c>).</summary>
    [Id(5)] public IReadOnlyList<string> RetryOn { get; init; } = [];

    /// <summary>Error names or failure kinds that are not retried although they are by default (<c>retry.noRetryOn</c>).</summary>
    [Id(6)] public IReadOnlyList<string> NoRetryOn { get; init; } = [];

    /// <summary>How waits grow from attempt to attempt; default exponential (<c>retry.strategy</c>: <c>fixed</c>, <c>linear</c>, <c>exponential</c>).</summary>
    [Id(7)] public BackoffStrategy Strategy { get; init; } = BackoffStrategy.Exponential;

    /// <summary>The waits themselves, one after the other, the last of them for all further attempts; instead of a strategy, and without jitter (<c>retry.delaysMs</c>).</summary>
    [Id(8)] public IReadOnlyList<TimeSpan> Delays { get; init; } = [];

    /// <summary>No attempt starts later than this after the job's first one did; null: no bound (<c>retry.maxElapsedMs</c>).</summary>
    [Id(9)] public TimeSpan? MaxElapsed { get; init; }
}

/// <summary>How the bound of a wait depends on the number of the attempt that failed.</summary>
public enum BackoffStrategy
{
    /// <summary>Initial delay times factor to the power of the attempts before.</summary>
    Exponential = 0,
    /// <summary>Initial delay times the number of the attempt.</summary>
    Linear = 1,
    /// <summary>Initial delay, always.</summary>
    Fixed = 2,
}

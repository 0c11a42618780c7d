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

    /// <summary>Growth of the bound from one attempt to the next; 1 to 10, default 2 (<c>retry.factor</c>).</summary>
    [Id(3)] public double Factor { get; init; } = 2;

    /// <summary>Full jitter: each wait is uniform between 0 and its bound; default true (<c>retry.jitter</c>). Without it, a wait is its bound.</summary>
    [Id(4)] public bool Jitter { get; init; } = true;

    /// <summary>Error names or failure kinds that are retried although they are not by default (<c>retry.retryOn</c>).</summary>
    [Id(5)] public IReadOnlyList<string> RetryOn { get; init; } = [];

    /// <summary>Error names or failure kinds that are not retried although they are by default (<c>retry.noRetryOn</c>).</summary>
    [Id(6)] public IReadOnlyList<string> NoRetryOn { get; init; } = [];
}

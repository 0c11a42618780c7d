using System.Text.Json;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Grains.Jobs;

/// <summary>What follows a failed attempt: the transition, the counters after it, and the wait before the next attempt.</summary>
/// <param name="Delay">Set for <see cref="JobTransition.Retry"/>.</param>
public sealed record RetryDecision(JobTransition Transition, int AttemptsUsed, int LostWorkers, TimeSpan? Delay)
{
    /// <summary>Failures that another attempt cannot mend, unless the task's policy says so.</summary>
    private static readonly HashSet<string> NotRetried = new(StringComparer.Ordinal)
    {
        nameof(FailureKind.InvalidInput), nameof(FailureKind.InvalidOutput), nameof(FailureKind.ConfigurationError), nameof(FailureKind.Cancelled),
        "DataError", "ValidationError", "ConfigurationError", "AuthenticationError", "AuthorizationError",
    };

    /// <param name="jitter">Returns a number in [0, 1).</param>
    /// <param name="elapsed">Since the job's first attempt started.</param>
    public static RetryDecision For(ReadyJob job, Failure failure, RetryPolicy policy, TimeSpan elapsed, Func<double> jitter)
    {
        if (failure.Kind == FailureKind.WorkerLost)
        {
            // Once that many workers are lost it is tried alone in a process, and ends there if it loses that one too.
            return new RetryDecision(job.Alone ? JobTransition.Quarantine : JobTransition.Release, job.Attempts, job.LostWorkers + 1, null);
        }

        int used = job.Attempts + 1;
        var end = new RetryDecision(JobTransition.Fail, used, job.LostWorkers, null);
        if (used >= job.MaxAttempts || !IsRetried(failure, policy)) return end;
        TimeSpan delay = RetryAfter(failure) ?? Backoff(policy, used, jitter);
        return policy.MaxElapsed is { } most && elapsed + delay > most ? end : new RetryDecision(JobTransition.Retry, used, job.LostWorkers, delay);
    }

    private static bool IsRetried(Failure failure, RetryPolicy policy)
    {
        string kind = failure.Kind.ToString();
        if (policy.NoRetryOn.Contains(failure.Name) || policy.NoRetryOn.Contains(kind)) return false;
        if (policy.RetryOn.Contains(failure.Name) || policy.RetryOn.Contains(kind)) return true;
        return !NotRetried.Contains(kind) && !(failure.Kind == FailureKind.TaskError && NotRetried.Contains(failure.Name));
    }

    /// <summary>The wait by the policy; with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015) uniform between 0 and its bound.</summary>
    private static TimeSpan Backoff(RetryPolicy policy, int attemptsUsed, Func<double> jitter)
    {
        if (policy.Delays.Count > 0) return policy.Delays[Math.Min(attemptsUsed, policy.Delays.Count) - 1];
        double growth = policy.Strategy switch
        {
            BackoffStrategy.Fixed => 1,
            BackoffStrategy.Linear => attemptsUsed,
            _ => Math.Pow(policy.Factor, attemptsUsed - 1),
        };
        double bound = Math.Min(policy.InitialDelay.TotalMilliseconds * growth, policy.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(policy.Jitter ? bound * jitter() : bound);
    }

    /// <summary>Seconds that the task asked for by throwing an error with <c>retryAfter</c>; at most a day.</summary>
    private static TimeSpan? RetryAfter(Failure failure)
    {
        if (failure.Details is null || !failure.Details.StartsWith('{')) return null;
        using JsonDocument details = JsonDocument.Parse(failure.Details);
        return details.RootElement.TryGetProperty("retryAfter", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.GetDouble() is >= 0 and <= 86_400 and var value
            ? TimeSpan.FromSeconds(value)
            : null;
    }
}

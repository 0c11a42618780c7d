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
    public static RetryDecision For(ReadyJob job, Failure failure, RetryPolicy policy, Func<double> jitter)
    {
        if (failure.Kind == FailureKind.WorkerLost)
        {
            int lost = job.LostWorkers + 1;
            return new RetryDecision(lost >= Limits.LostWorkers ? JobTransition.Quarantine : JobTransition.Release, job.Attempts, lost, null);
        }

        int used = job.Attempts + 1;
        if (used >= job.MaxAttempts || !IsRetried(failure, policy)) return new RetryDecision(JobTransition.Fail, used, job.LostWorkers, null);
        return new RetryDecision(JobTransition.Retry, used, job.LostWorkers, RetryAfter(failure) ?? Backoff(policy, used, jitter));
    }

    private static bool IsRetried(Failure failure, RetryPolicy policy)
    {
        string kind = failure.Kind.ToString();
        if (policy.NoRetryOn.Contains(failure.Name) || policy.NoRetryOn.Contains(kind)) return false;
        if (policy.RetryOn.Contains(failure.Name) || policy.RetryOn.Contains(kind)) return true;
        return !NotRetried.Contains(kind) && !(failure.Kind == FailureKind.TaskError && NotRetried.Contains(failure.Name));
    }

    /// <summary>Exponential backoff with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015): uniform between 0 and the bound.</summary>
    private static TimeSpan Backoff(RetryPolicy policy, int attemptsUsed, Func<double> jitter)
    {
        double bound = Math.Min(policy.InitialDelay.TotalMilliseconds * Math.Pow(policy.Factor, attemptsUsed - 1), policy.MaxDelay.TotalMilliseconds);
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

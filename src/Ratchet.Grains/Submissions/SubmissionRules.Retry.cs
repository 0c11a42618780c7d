using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Submissions;

/// <summary>A job's own retry policy keeps to what a task's may say.</summary>
internal static partial class SubmissionRules
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestElapsed = TimeSpan.FromDays(30);

    private static Rejection? CheckRetry(RetryPolicy? retry)
    {
        if (retry is null) return null;
        if (retry.MaxAttempts is < 1 or > Limits.MaxAttempts) return Field("/retry/maxAttempts", $"maxAttempts must be from 1 to {Limits.MaxAttempts}.");
        if (!IsDelay(retry.InitialDelay)) return Field("/retry/initialDelay", "initialDelay must be from zero to 1 day.");
        if (!IsDelay(retry.MaxDelay)) return Field("/retry/maxDelay", "maxDelay must be from zero to 1 day.");
        if (retry.InitialDelay > retry.MaxDelay) return Field("/retry/initialDelay", "initialDelay must not be more than maxDelay.");
        if (retry.Factor is < 1 or > 10 or double.NaN) return Field("/retry/factor", "factor must be from 1 to 10.");
        if (retry.Delays.Count > Limits.MaxAttempts || !retry.Delays.All(IsDelay)) return Field("/retry/delays", $"delays must be at most {Limits.MaxAttempts}, each from zero to 1 day.");
        if (retry.MaxElapsed is { } most && (most <= TimeSpan.Zero || most > LongestElapsed)) return Field("/retry/maxElapsed", "maxElapsed must be more than zero and at most 30 days.");
        return retry.RetryOn.Intersect(retry.NoRetryOn).FirstOrDefault() is { } both ? Field("/retry/noRetryOn", $"'{both}' is in retryOn and in noRetryOn.") : null;
    }

    private static bool IsDelay(TimeSpan delay) => delay >= TimeSpan.Zero && delay <= LongestDelay;
}

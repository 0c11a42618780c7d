using System.Globalization;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>retry</c>.</summary>
internal static class RetryReader
{
    private const double MaxFactor = 10;

    public static RetryPolicy Read(JsonSection root)
    {
        RetryPolicy defaults = new();
        if (root.Section("retry") is not { } section) return defaults;
        section.RefuseUnknown("maxAttempts", "strategy", "initialDelayMs", "maxDelayMs", "factor", "jitter", "delaysMs", "maxElapsedMs", "retryOn", "noRetryOn");
        RetryPolicy policy = new()
        {
            MaxAttempts = (int?)section.Integer("maxAttempts", 1, Limits.MaxAttempts) ?? defaults.MaxAttempts,
            InitialDelay = Delay(section, "initialDelayMs") ?? defaults.InitialDelay,
            MaxDelay = Delay(section, "maxDelayMs") ?? defaults.MaxDelay,
            Factor = section.Number("factor", 1, MaxFactor) ?? defaults.Factor,
            Jitter = section.Boolean("jitter") ?? defaults.Jitter,
            RetryOn = section.Texts("retryOn") ?? defaults.RetryOn,
            NoRetryOn = section.Texts("noRetryOn") ?? defaults.NoRetryOn,
            Strategy = Strategy(section) ?? defaults.Strategy,
            Delays = [.. (section.Integers("delaysMs", 0, TaskPackageLimits.RetryDelayMs, Limits.MaxAttempts) ?? []).Select(ms => TimeSpan.FromMilliseconds(ms))],
            MaxElapsed = section.Integer("maxElapsedMs", 1, TaskPackageLimits.RetryElapsedMs) is { } elapsed ? TimeSpan.FromMilliseconds(elapsed) : null,
        };
        CheckTogether(section, policy);
        return policy;
    }

    private static BackoffStrategy? Strategy(JsonSection section)
    {
        if (section.Text("strategy", Limits.NameChars) is not { } name) return null;
        if (Enum.GetValues<BackoffStrategy>().Cast<BackoffStrategy?>().FirstOrDefault(s => string.Equals(s.ToString(), name, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        section.AddProblem("strategy", $"`retry.strategy` must be fixed, linear or exponential, not \"{name}\".");
        return null;
    }

    private static TimeSpan? Delay(JsonSection section, string key) =>
        section.Integer(key, 0, TaskPackageLimits.RetryDelayMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static void CheckTogether(JsonSection section, RetryPolicy policy)
    {
        if (policy.Delays.Count > 0 && (section.Has("strategy") || section.Has("initialDelayMs") || section.Has("factor")))
        {
            section.AddProblem("delaysMs", "`retry.delaysMs` gives the waits themselves; `strategy`, `initialDelayMs` and `factor` cannot stand beside it.");
        }

        if (policy.InitialDelay > policy.MaxDelay)
        {
            string key = section.Has("maxDelayMs") ? "maxDelayMs" : "initialDelayMs";
            section.AddProblem(key, string.Create(CultureInfo.InvariantCulture,
                $"`retry.initialDelayMs` ({policy.InitialDelay.TotalMilliseconds}) is more than `retry.maxDelayMs` ({policy.MaxDelay.TotalMilliseconds})."));
        }

        if (policy.RetryOn.Intersect(policy.NoRetryOn).FirstOrDefault() is { } both)
        {
            section.AddProblem("noRetryOn", $"\"{both}\" is in `retry.retryOn` and in `retry.noRetryOn`.");
        }
    }
}

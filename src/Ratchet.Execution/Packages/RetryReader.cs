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
        section.RefuseUnknown("maxAttempts", "initialDelayMs", "maxDelayMs", "factor", "jitter", "retryOn", "noRetryOn");
        RetryPolicy policy = new()
        {
            MaxAttempts = (int?)section.Integer("maxAttempts", 1, Limits.MaxAttempts) ?? defaults.MaxAttempts,
            InitialDelay = Delay(section, "initialDelayMs") ?? defaults.InitialDelay,
            MaxDelay = Delay(section, "maxDelayMs") ?? defaults.MaxDelay,
            Factor = section.Number("factor", 1, MaxFactor) ?? defaults.Factor,
            Jitter = section.Boolean("jitter") ?? defaults.Jitter,
            RetryOn = section.Texts("retryOn") ?? defaults.RetryOn,
            NoRetryOn = section.Texts("noRetryOn") ?? defaults.NoRetryOn,
        };
        CheckTogether(section, policy);
        return policy;
    }

    private static TimeSpan? Delay(JsonSection section, string key) =>
        section.Integer(key, 0, TaskPackageLimits.RetryDelayMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static void CheckTogether(JsonSection section, RetryPolicy policy)
    {
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

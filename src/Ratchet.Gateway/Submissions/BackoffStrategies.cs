using Ratchet.Tasks;

namespace Ratchet.Gateway.Submissions;

/// <summary>The names of backoff strategies, as metadata, requests and answers spell them.</summary>
internal static class BackoffStrategies
{
    private static readonly (string Name, BackoffStrategy Strategy)[] All = [("fixed", BackoffStrategy.Fixed), ("linear", BackoffStrategy.Linear), ("exponential", BackoffStrategy.Exponential)];

    public static ReadOnlySpan<(string Name, BackoffStrategy Strategy)> Words => All;

    public static string Name(BackoffStrategy strategy) => Array.Find(All, s => s.Strategy == strategy).Name;
}

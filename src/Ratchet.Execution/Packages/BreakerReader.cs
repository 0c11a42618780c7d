using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Reads <c>circuitBreaker</c>.</summary>
internal static class BreakerReader
{
    private const long LeastMs = 500;
    private const long MostMs = 3_600_000;
    private const int MostThroughput = 100_000;
    private static readonly BreakerPolicy Default = new(0.5, 20, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));

    /// <returns>Null when the task has none.</returns>
    public static BreakerPolicy? Read(JsonSection root)
    {
        if (root.Section("circuitBreaker") is not { } section) return null;
        section.RefuseUnknown("failureRatio", "minimumThroughput", "samplingMs", "breakMs");
        return new BreakerPolicy(
            section.Number("failureRatio", 0.001, 1) ?? Default.FailureRatio,
            (int?)section.Integer("minimumThroughput", 2, MostThroughput) ?? Default.MinimumThroughput,
            Span(section, "samplingMs") ?? Default.Sampling,
            Span(section, "breakMs") ?? Default.Break);
    }

    private static TimeSpan? Span(JsonSection section, string key) => section.Integer(key, LeastMs, MostMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}

using Ratchet.Tasks;

namespace Ratchet.Execution.Fetch;

/// <summary>What one execution may use of the network: what its task asks for, and no more than its node allows.</summary>
internal readonly record struct FetchLimits(TimeSpan Timeout, int Calls, int Concurrent, int ResponseBytes, int TotalBytes)
{
    public static FetchLimits Of(FetchOptions node, FetchRules? task) => new(
        task?.Timeout is { } timeout && timeout < node.Timeout ? timeout : node.Timeout,
        Math.Min(task?.Calls ?? node.Calls, node.Calls),
        Math.Min(task?.Concurrent ?? node.ConcurrentPerRun, node.ConcurrentPerRun),
        Math.Min(task?.ResponseBytes ?? node.ResponseBytes, node.ResponseBytes),
        Math.Min(task?.TotalBytes ?? node.TotalBytes, node.TotalBytes));
}

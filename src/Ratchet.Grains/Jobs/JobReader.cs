using Ratchet.Jobs;
using Ratchet.Storage;

namespace Ratchet.Grains.Jobs;

internal static class JobReader
{
    /// <summary>A job with its executions, or null when the tenant has none by that id.</summary>
    public static async Task<JobView?> ReadAsync(IStore store, string tenant, JobId id, CancellationToken cancel)
    {
        JobView? job = await store.Jobs.GetAsync(tenant, id, cancel);
        if (job is null) return null;
        IReadOnlyList<ExecutionView> executions = await store.Jobs.GetExecutionsAsync(tenant, id, cancel);
        return job with { Executions = executions };
    }
}

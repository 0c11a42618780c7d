using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.History;

/// <summary>Reads histories out of a store.</summary>
public static class HistoryReader
{
    public static async Task<IReadOnlyList<JobHistory>> ReadAsync(IJobStore jobs, string tenant, IEnumerable<JobId> ids, CancellationToken cancel)
    {
        var histories = new List<JobHistory>();
        foreach (JobId id in ids)
        {
            if (await jobs.GetAsync(tenant, id, cancel) is not { } job) continue;
            histories.Add(new JobHistory(job, await jobs.GetExecutionsAsync(tenant, id, cancel), await jobs.ReadEventsAsync(tenant, id, cancel)));
        }

        return histories;
    }
}

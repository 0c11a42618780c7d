using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>Waits for a job's end in calls that are each shorter than the response time-out.</summary>
internal static class JobWaiting
{
    public static async Task<JobView> WaitAsync(IGrainFactory grains, string tenant, JobView job, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        DateTimeOffset until = time.GetUtcNow() + patience;
        while (!job.State.IsTerminal())
        {
            TimeSpan left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero) return job;
            job = await grains.GetGrain<IJobGrain>(job.Id.Value).WaitAsync(tenant, left, cancel) ?? job;
        }

        return job;
    }
}

using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>Waits for a job's end in calls that are each shorter than the response time-out.</summary>
internal static class JobWaiting
{
    /// <summary>Returns the job at its end, or as it stands when <paramref name="patience"/> is over or the server stops.</summary>
    /// <param name="told">Whoever ends the job knows already that somebody waits: it was just submitted as watched.</param>
    public static async Task<JobView> WaitAsync(
        IGrainFactory grains, string tenant, JobView job, bool told, TimeSpan patience, TimeProvider time, CancellationToken stopping, CancellationToken aborted)
    {
        DateTimeOffset until = time.GetUtcNow() + patience;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        while (!job.State.IsTerminal())
        {
            TimeSpan left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero) return job;
            try
            {
                job = await grains.GetGrain<IJobGrain>(job.Id.Value).WaitAsync(tenant, told, left, either.Token).WaitAsync(either.Token) ?? job;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested && !aborted.IsCancellationRequested)
            {
                return job;
            }
        }

        return job;
    }
}

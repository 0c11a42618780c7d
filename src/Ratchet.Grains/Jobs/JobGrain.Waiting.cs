using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Jobs;

/// <summary>Those who wait for the job's end.</summary>
public sealed partial class JobGrain
{
    /// <summary>No call waits longer, so that none outlives the response time-out (30 s); callers call again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>The notice of the end is best effort; the row is looked at this often while somebody waits.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly List<TaskCompletionSource> waiters = [];

    /// <summary>The notice came, perhaps before anybody waited.</summary>
    private bool ended;

    public async Task<JobView?> WaitAsync(string tenant, bool told, TimeSpan patience, CancellationToken cancel)
    {
        DateTimeOffset until = time.GetUtcNow() + (patience < LongestWait ? patience : LongestWait);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.Add(end);
        try
        {
            // Whoever is told of the end needs to read the row once: then.
            if (told && !ended) await PauseAsync(end.Task, Shorter(until - time.GetUtcNow(), LookAgain), cancel);
            JobView? job = await store.Jobs.GetWholeAsync(tenant, Id, cancel);
            if (job is not null && !job.State.IsTerminal() && !await AskToBeToldAsync(job)) job = await store.Jobs.GetWholeAsync(tenant, Id, cancel);
            while (job is not null && !job.State.IsTerminal())
            {
                TimeSpan left = until - time.GetUtcNow();
                if (left <= TimeSpan.Zero) break;
                await PauseAsync(end.Task, Shorter(left, LookAgain), cancel);
                job = await store.Jobs.GetWholeAsync(tenant, Id, cancel);
            }

            return job;
        }
        finally
        {
            waiters.Remove(end);
        }
    }

    public Task EndedAsync()
    {
        ended = true;
        foreach (TaskCompletionSource waiter in waiters) waiter.TrySetResult();
        return Task.CompletedTask;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task PauseAsync(Task ended, TimeSpan most, CancellationToken cancel)
    {
        if (ended.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel);
        else await Task.WhenAny(ended, Task.Delay(most, time, cancel));
        cancel.ThrowIfCancellationRequested();
    }

    private Task<bool> AskToBeToldAsync(JobView job) => GrainFactory.GetGrain<IQueueGrain>(new QueueKey(job.Tenant, job.Queue).GrainKey).WatchAsync(Id);
}

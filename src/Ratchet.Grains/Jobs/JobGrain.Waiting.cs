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

    public async Task<JobView?> WaitAsync(string tenant, TimeSpan patience, CancellationToken cancel)
    {
        DateTimeOffset until = time.GetUtcNow() + (patience < LongestWait ? patience : LongestWait);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.Add(ended);
        try
        {
            JobView? job = await store.Jobs.GetAsync(tenant, Id, cancel);
            if (job is not null && !job.State.IsTerminal()) await AskToBeToldAsync(job);
            while (job is not null && !job.State.IsTerminal())
            {
                TimeSpan left = until - time.GetUtcNow();
                if (left <= TimeSpan.Zero) break;
                await PauseAsync(ended.Task, left < LookAgain ? left : LookAgain, cancel);
                job = await store.Jobs.GetAsync(tenant, Id, cancel);
            }

            return job is null ? null : job with { Executions = await store.Jobs.GetExecutionsAsync(tenant, Id, cancel) };
        }
        finally
        {
            waiters.Remove(ended);
        }
    }

    public Task EndedAsync()
    {
        foreach (TaskCompletionSource waiter in waiters) waiter.TrySetResult();
        return Task.CompletedTask;
    }

    private async Task PauseAsync(Task ended, TimeSpan most, CancellationToken cancel)
    {
        if (ended.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel);
        else await Task.WhenAny(ended, Task.Delay(most, time, cancel));
        cancel.ThrowIfCancellationRequested();
    }

    private Task<bool> AskToBeToldAsync(JobView job) => GrainFactory.GetGrain<IQueueGrain>(new QueueKey(job.Tenant, job.Queue).GrainKey).WatchAsync(Id);
}

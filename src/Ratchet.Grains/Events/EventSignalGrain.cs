using Ratchet.Events;

namespace Ratchet.Grains.Events;

/// <summary>See <see cref="IEventSignalGrain"/>.</summary>
public sealed class EventSignalGrain(TimeProvider time) : Grain, IEventSignalGrain
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(10);

    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Not from where another activation ended: a follower that knows that one's count has to look at the store anyway.
    private long count = time.GetUtcNow().Ticks;

    public Task NotedAsync()
    {
        count++;
        TaskCompletionSource waiting = next;
        next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
        return Task.CompletedTask;
    }

    public async Task<long> WaitAsync(long seen, TimeSpan patience, CancellationToken cancel)
    {
        if (seen != count) return count;
        try
        {
            await next.Task.WaitAsync(patience < MostPatience ? patience : MostPatience, time, cancel);
        }
        catch (TimeoutException)
        {
            // Nothing was written.
        }

        return count;
    }
}

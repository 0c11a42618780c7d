using Ratchet.Jobs;
using Ratchet.Storage.Retention;

namespace Ratchet.Grains.Retention;

/// <summary>Goes once through what is old enough, in pages, and deletes what has been kept long enough.</summary>
internal sealed class RetentionSweep(IRetentionStore store, RetentionOptions options, TimeProvider time)
{
    private const int Page = 1_000;

    /// <returns>Jobs and events that were deleted.</returns>
    public async Task<(int Jobs, int Events)> RunOnceAsync(CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        int jobs = await SweepByStateAsync(now, cancel);
        int batch;
        do
        {
            batch = await store.SweepOwnAsync(now, Page, cancel);
            jobs += batch;
        }
        while (batch == Page);
        int events = 0;
        if (options.Events > TimeSpan.Zero)
        {
            do
            {
                batch = await store.SweepEventsAsync(now - options.Events, Page, cancel);
                events += batch;
            }
            while (batch == Page);
        }

        await store.SweepKeysAsync(now, cancel);
        return (jobs, events);
    }

    private async Task<int> SweepByStateAsync(DateTimeOffset now, CancellationToken cancel)
    {
        IReadOnlyDictionary<JobState, TimeSpan> kept = options.ByState;
        if (kept.Count == 0) return 0;
        Dictionary<JobState, DateTimeOffset> endedBefore = kept.ToDictionary(k => k.Key, k => now - k.Value);
        DateTimeOffset createdBefore = now - kept.Values.Min();
        int deleted = 0;
        JobId after = default;
        while (true)
        {
            SweptPage page = await store.SweepAsync(after, createdBefore, endedBefore, Page, cancel);
            deleted += page.Deleted;
            if (page.Looked < Page || page.Last is not { } last) return deleted;
            after = last;
        }
    }
}

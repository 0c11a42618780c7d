using Ratchet.Jobs;
using Ratchet.Storage.Caching;
using Ratchet.Storage.Retention;

namespace Ratchet.Grains.Retention;

/// <summary>Goes once through what is old enough, in pages, and deletes what has been kept long enough.</summary>
internal sealed class RetentionSweep(IRetentionStore store, ICacheStore cache, RetentionOptions options, TimeProvider time)
{
    private const int Page = 1_000;

    /// <returns>Jobs and events that were deleted.</returns>
    public async Task<(int Jobs, int Events)> RunOnceAsync(CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        int jobs = await SweepByStateAsync(now, cancel);
        jobs += await InPagesAsync(() => store.SweepOwnAsync(now, Page, cancel));
        int events = options.Events == TimeSpan.Zero ? 0 : await InPagesAsync(() => store.SweepEventsAsync(now - options.Events, Page, cancel));
        if (options.Recordings > TimeSpan.Zero) await InPagesAsync(() => store.SweepRecordingsAsync(now - options.Recordings, Page, cancel));
        await InPagesAsync(() => cache.SweepAsync(now, Page, cancel));
        await store.SweepKeysAsync(now, cancel);
        return (jobs, events);
    }

    private static async Task<int> InPagesAsync(Func<Task<int>> sweep)
    {
        int all = 0, page;
        do all += page = await sweep();
        while (page == Page);
        return all;
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

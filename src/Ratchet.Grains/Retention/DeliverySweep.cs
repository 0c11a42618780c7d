using Ratchet.Storage.Webhooks;

namespace Ratchet.Grains.Retention;

/// <summary>Deletes, in pages, deliveries of webhooks that have been kept long enough. Those that wait stay, however old they are.</summary>
internal sealed class DeliverySweep(IDeliveryStore store, RetentionOptions options, TimeProvider time)
{
    private const int Page = 1_000;

    /// <returns>How many were deleted.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        (DateTimeOffset succeeded, DateTimeOffset failed) = (Before(options.Deliveries), Before(options.FailedDeliveries));
        int all = 0, page;
        do all += page = await store.SweepAsync(succeeded, failed, Page, cancel);
        while (page == Page);
        return all;
    }

    private DateTimeOffset Before(TimeSpan kept) => kept == TimeSpan.Zero ? DateTimeOffset.UnixEpoch : time.GetUtcNow() - kept;
}

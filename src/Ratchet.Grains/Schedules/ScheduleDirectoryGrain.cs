using Orleans.Concurrency;
using Ratchet.Schedules;
using Ratchet.Storage;
using Ratchet.Storage.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>See <see cref="IScheduleDirectoryGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class ScheduleDirectoryGrain(IStore store, TimeProvider time) : Grain, IScheduleDirectoryGrain
{
    public async Task<ScheduleView?> GetAsync(ScheduleKey key, CancellationToken cancel) =>
        await store.Schedules.GetAsync(key, cancel) is { } record ? ScheduleGrain.ViewOf(record) : null;

    public async Task<SchedulePage> ListAsync(string tenant, ScheduleFilter filter, CancellationToken cancel)
    {
        ScheduleFilter bounded = filter with { Limit = Math.Clamp(filter.Limit, 1, Limits.ListRows) };
        IReadOnlyList<ScheduleRecord> records = await store.Schedules.ListAsync(tenant, bounded, cancel);
        return new SchedulePage([.. records.Select(ScheduleGrain.ViewOf)], await store.Schedules.CountAsync(tenant, bounded, cancel));
    }

    public Task<IReadOnlyList<DateTimeOffset>> PreviewAsync(ScheduleDefinition definition, int count, CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        ScheduleTimes times = ScheduleTimes.Of(ScheduleRules.Normalize(definition, null, now));
        var instants = new List<DateTimeOffset>();
        int most = Math.Clamp(count, 1, Limits.PreviewInstants);
        for (DateTimeOffset? at = times.Next(now); at is not null && instants.Count < most; at = times.Next(at.Value)) instants.Add(at.Value);
        return Task.FromResult<IReadOnlyList<DateTimeOffset>>(instants);
    }

    public Task<IReadOnlyList<FireView>> ListFiresAsync(ScheduleKey key, DateTimeOffset? before, int limit, CancellationToken cancel) =>
        store.Schedules.Fires.ListAsync(key, before, Math.Clamp(limit, 1, Limits.ListRows), cancel);

    public async Task<IReadOnlyList<BackfillView>> ListBackfillsAsync(ScheduleKey key, CancellationToken cancel) =>
        [.. (await store.Schedules.Backfills.ListAsync(key, Limits.ListRows, cancel)).Select(b => b.View)];
}

using Orleans.Concurrency;
using Ratchet.Lists;
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

    public async Task<ListPage<ScheduleView>> ListAsync(string tenant, ListQuery<ScheduleField> query, CancellationToken cancel)
    {
        ScheduleList.Schema.Check(query);
        var all = new List<ScheduleView>();
        while (all.Count < Limits.ListedSchedules)
        {
            IReadOnlyList<ScheduleRecord> some = await store.Schedules.ListAsync(tenant, new ScheduleFilter { Offset = all.Count, Limit = Limits.ListRows }, cancel);
            all.AddRange(some.Select(ScheduleGrain.ViewOf));
            if (some.Count < Limits.ListRows) break;
        }

        return ScheduleList.Schema.Page(all, query);
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

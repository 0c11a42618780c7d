using System.Runtime.CompilerServices;
using Ratchet.Events;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>
/// The live history of jobs, for whoever in this gateway follows it: streams, subscriptions, webhooks. One follower reads the store for all of them and keeps the newest events in a ring;
/// each of them has nothing but a place in it. Whoever begins further back reads the store up to the ring first. Whoever falls behind the ring afterwards is let go.
/// </summary>
public sealed class EventHub(IGrainFactory grains, EventFollower follower, EventMetrics metrics, TimeProvider time)
{
    private const int BatchSize = 256;

    /// <summary>Those who wait are told that often that nothing has happened, and where they are.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Events of a tenant as they happen, without an end.</summary>
    /// <param name="after">The place behind which to begin; null: now.</param>
    /// <exception cref="EventLagException">The caller is too slow.</exception>
    public async IAsyncEnumerable<JobEvent> FollowAsync(string tenant, EventCursor? after, EventFilter filter, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (EventBatch batch in FollowBatchesAsync(tenant, after, filter, cancel))
        {
            foreach (JobEvent happened in batch.Events) yield return happened;
        }
    }

    /// <summary>As <see cref="FollowAsync"/>, in batches that each say how far they go, which events that the filter leaves out are part of. One without events comes after <see cref="Silence"/>.</summary>
    /// <exception cref="EventLagException">The caller is too slow.</exception>
    public async IAsyncEnumerable<EventBatch> FollowBatchesAsync(string tenant, EventCursor? after, EventFilter filter, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using EventFollower.Place follow = await follower.JoinAsync(cancel);
        EventRing ring = follow.Ring;
        EventCursor place = after ?? ring.End;
        JobEvent[] read = new JobEvent[BatchSize];
        bool caughtUp = false;
        long told = time.GetTimestamp();
        while (true)
        {
            Task changed = ring.Changed;
            EventCursor start = ring.Start;
            int count = ring.Read(place, read);
            if (count == EventRing.Behind && caughtUp)
            {
                metrics.Dropped();
                throw new EventLagException(place);
            }

            IReadOnlyList<JobEvent> next = count == EventRing.Behind ? await StoredAsync(tenant, place, cancel) : new ArraySegment<JobEvent>(read, 0, count);
            if (next.Count > 0) place = next[^1].Cursor;
            // The store has shown all of the tenant's events up to where the ring begins.
            if (count == EventRing.Behind && next.Count < Limits.EventRead && place < start) place = start;
            caughtUp |= count is >= 0 and < BatchSize;
            JobEvent[] wanted = [.. next.Where(happened => happened.Tenant == tenant && filter.Matches(happened))];
            bool quiet = wanted.Length == 0;
            if (quiet && count == 0) await WaitAsync(changed, Silence - time.GetElapsedTime(told), cancel);
            if (quiet && time.GetElapsedTime(told) < Silence) continue;
            yield return new EventBatch(wanted, place);
            told = time.GetTimestamp();
        }
    }

    private Task<IReadOnlyList<JobEvent>> StoredAsync(string tenant, EventCursor place, CancellationToken cancel) =>
        grains.GetGrain<IEventFeedGrain>(0).ReadAsync(new EventRead(tenant, place, Descending: false, Limits.EventRead), cancel);

    private async Task WaitAsync(Task changed, TimeSpan patience, CancellationToken cancel)
    {
        if (patience <= TimeSpan.Zero) return;
        try
        {
            await changed.WaitAsync(patience, time, cancel);
        }
        catch (TimeoutException)
        {
            // Nothing has happened.
        }
    }
}

/// <param name="Place">How far it goes: where to go on from.</param>
public readonly record struct EventBatch(IReadOnlyList<JobEvent> Events, EventCursor Place);

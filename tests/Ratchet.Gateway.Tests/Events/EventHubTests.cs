using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Gateway.Events;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Tests.Events;

/// <summary>Following events: nothing is missed, nothing comes twice, and who is too slow is let go.</summary>
public sealed class EventHubTests : IDisposable
{
    private readonly FeedStandIn feed = new();
    private readonly StandInLifetime lifetime = new();
    private readonly EventMetrics metrics = new();
    private readonly EventHub hub;

    public EventHubTests() =>
        hub = new EventHub(feed.Factory(), new EventFollower(feed.Factory(), lifetime, metrics, TimeProvider.System, NullLogger<EventFollower>.Instance), metrics, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        lifetime.StopApplication();
        lifetime.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public async Task From_a_place_on_every_event_comes_once_whether_it_was_stored_or_happens()
    {
        feed.Happen(2_500);
        List<long> seen = [];
        await foreach (JobEvent happened in hub.FollowAsync("default", new EventCursor(1, 100), EventFilter.Everything, Cancel))
        {
            seen.Add(happened.Cursor.Sequence);
            if (seen.Count % 800 == 0) feed.Happen(100);
            if (seen.Count == 2_600) break;
        }

        Assert.Equal(Enumerable.Range(101, 2_600).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Without_a_place_it_begins_now_and_only_what_is_the_tenants_and_wanted_comes()
    {
        feed.Happen(10);
        await using IAsyncEnumerator<JobEvent> events = hub.FollowAsync("default", null, new EventFilter { Queues = ["odd"], To = [JobState.Failed] }, Cancel).GetAsyncEnumerator(Cancel);
        ValueTask<bool> next = events.MoveNextAsync();
        // When he is there, and now begins for him, only he knows: it happens until he is told.
        await UntilAsync(() =>
        {
            if (next.IsCompleted) return true;
            feed.Happen(4);
            feed.Happen(4, "another", JobState.Failed);
            feed.Happen(4, to: JobState.Failed);
            return false;
        });
        Assert.True(await next);
        // The second of the last four, each time.
        Assert.Equal((10, JobState.Failed), ((events.Current.Cursor.Sequence - 10) % 12, events.Current.To));
        Assert.Equal(0, feed.TenantReads);
    }

    [Fact]
    public async Task Any_number_of_followers_are_one_reader()
    {
        feed.Happen(1);
        Task<int>[] followers = [.. Enumerable.Range(0, 50).Select(_ => CountAsync(300))];
        await UntilAsync(() => feed.FollowerReads > 0);
        for (int i = 0; i < 3; i++) feed.Happen(100);
        Assert.All(await Task.WhenAll(followers), count => Assert.Equal(300, count));
        // A look at the beginning, one for each time that something happened, and one for a race between the two.
        Assert.InRange(feed.FollowerReads, 1, 8);
        Assert.Equal(0, feed.TenantReads);
    }

    [Fact]
    public async Task Who_falls_behind_the_ring_while_he_follows_is_let_go_and_can_come_again()
    {
        feed.Happen(1);
        await using IAsyncEnumerator<EventBatch> events = hub.FollowBatchesAsync("default", new EventCursor(1, 0), EventFilter.Everything, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await events.MoveNextAsync());
        EventCursor place = events.Current.Place;
        ValueTask<bool> next = events.MoveNextAsync();
        feed.Happen(1);
        Assert.True(await next);
        place = events.Current.Place;
        // He does nothing, and more happens than is kept.
        int reads = feed.FollowerReads;
        feed.Happen(Limits.EventRing + (3 * Limits.EventRead));
        // A read is counted when it begins, and what it brings is kept before the next: the last of these may be on its way, and one before may have found nothing yet.
        await UntilAsync(() => feed.FollowerReads >= reads + (Limits.EventRing / Limits.EventRead) + 3);
        EventLagException lag = await Assert.ThrowsAsync<EventLagException>(async () => await events.MoveNextAsync());
        Assert.Equal(place, lag.Place);
        await foreach (JobEvent happened in hub.FollowAsync("default", lag.Place, EventFilter.Everything, Cancel))
        {
            Assert.Equal(place.Sequence + 1, happened.Cursor.Sequence);
            break;
        }
    }

    private async Task<int> CountAsync(int most)
    {
        int count = 0;
        await foreach (JobEvent _ in hub.FollowAsync("default", new EventCursor(1, 1), EventFilter.Everything, Cancel))
        {
            if (++count == most) break;
        }

        return count;
    }

    private static async Task UntilAsync(Func<bool> met)
    {
        while (!met()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
    }

    private sealed class StandInLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => stopping.Token;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }
}

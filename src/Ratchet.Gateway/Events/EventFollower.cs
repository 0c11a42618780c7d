using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ratchet.Events;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>
/// The one reader of events of a gateway. It runs while somebody follows, and a while longer. Hints wake it; without one it looks once a second.
/// </summary>
public sealed class EventFollower(IGrainFactory grains, IHostApplicationLifetime lifetime, EventMetrics metrics, TimeProvider time, ILogger<EventFollower> logger)
{
    /// <summary>How long it looks on when nobody follows any more: a client that was cut off finds the ring as it was.</summary>
    private static readonly TimeSpan Lingering = TimeSpan.FromMinutes(1);

    /// <summary>How often it looks when nothing wakes it: when nothing happens, and just after something did, for what an earlier transaction held back.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly EventRing ring = new(Limits.EventRing);
    private int places;
    private long left;
    private Task? begun;

    /// <summary>A place among those who follow; the ring has begun when this returns.</summary>
    internal async Task<Place> JoinAsync(CancellationToken cancel)
    {
        Task ready;
        lock (gate)
        {
            places++;
            metrics.Followers(places);
            ready = begun ??= Begin();
        }

        var place = new Place(this);
        try
        {
            await ready.WaitAsync(cancel);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the ring has a beginning; reading goes on without the caller.</summary>
    private Task Begin()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Not in the flow of whoever came first: what it does is done for nobody.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => RunAsync(started, lifetime.ApplicationStopping));
        return started.Task;
    }

    private async Task RunAsync(TaskCompletionSource started, CancellationToken stop)
    {
        long seen = 0;
        bool reading = false, away = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!reading)
                {
                    ring.Begin(await grains.GetGrain<IEventFeedGrain>(0).HeadAsync(stop));
                    reading = true;
                    started.TrySetResult();
                }

                IReadOnlyList<JobEvent> next = await grains.GetGrain<IEventFeedGrain>(0).ReadAsync(new EventRead(null, ring.End, Descending: false, Limits.EventRead), stop);
                if (next.Count > 0) metrics.Read(next.Count, time.GetUtcNow() - next[0].At);
                ring.Append(next);
                away = false;
                if (next.Count < Limits.EventRead) seen = await grains.GetGrain<IEventSignalGrain>(0).WaitAsync(seen, next.Count > 0 ? Busy : Idle, stop);
                if (IsForgotten()) return;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or RatchetException && !stop.IsCancellationRequested)
            {
                if (!away) GatewayLog.CannotFollow(logger, e.Message);
                away = true;
                started.TrySetException(e);
                if (!reading && IsForgotten(failed: true)) return;
                await Task.Delay(Idle, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        started.TrySetCanceled(stop);
    }

    /// <summary>Nobody has followed for a while, or it could not begin: the next one who comes begins anew.</summary>
    private bool IsForgotten(bool failed = false)
    {
        lock (gate)
        {
            if (!failed && (places > 0 || time.GetElapsedTime(left) < Lingering)) return false;
            begun = null;
            return true;
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            places--;
            metrics.Followers(places);
            left = time.GetTimestamp();
        }
    }

    internal sealed class Place(EventFollower follower) : IDisposable
    {
        private int gone;

        public EventRing Ring => follower.ring;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref gone, 1) == 0) follower.Leave();
        }
    }
}

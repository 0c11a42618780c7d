using System.Reflection;
using Ratchet.Events;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Tests.Events;

/// <summary>The history of jobs as a list, and hints when it grows.</summary>
internal sealed class FeedStandIn : IEventFeedGrain, IEventSignalGrain
{
    private readonly Lock gate = new();
    private readonly List<JobEvent> events = [];
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Times that the whole of it was read on by the gateway's follower.</summary>
    public int FollowerReads { get; private set; }

    /// <summary>Times that a part was read for one tenant.</summary>
    public int TenantReads { get; private set; }

    public void Happen(int count, string tenant = "default", JobState to = JobState.Queued)
    {
        lock (gate)
        {
            for (int i = 0; i < count; i++)
            {
                events.Add(new JobEvent(new EventCursor(1, events.Count + 1), DateTimeOffset.UnixEpoch, new JobId(Guid.CreateVersion7()), "enqueue", null, to, 0, "client", null)
                {
                    Tenant = tenant, Task = "addition", Queue = events.Count % 2 == 0 ? "even" : "odd",
                });
            }
        }

        _ = NotedAsync();
    }

    public Task<IReadOnlyList<JobEvent>> ReadAsync(EventRead read, CancellationToken cancel)
    {
        lock (gate)
        {
            if (read.Tenant is null) FollowerReads++;
            else TenantReads++;
            IEnumerable<JobEvent> mine = events.Where(e => read.Tenant is null || e.Tenant == read.Tenant);
            if (read.Descending) mine = mine.Reverse();
            return Task.FromResult<IReadOnlyList<JobEvent>>([.. mine.Where(e => read.From is not { } from || (read.Descending ? e.Cursor < from : e.Cursor > from)).Take(read.Limit)]);
        }
    }

    public Task<EventCursor> HeadAsync(CancellationToken cancel)
    {
        lock (gate) return Task.FromResult(events.Count == 0 ? default : events[^1].Cursor);
    }

    public Task NotedAsync()
    {
        TaskCompletionSource told;
        lock (gate) (told, grown) = (grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        told.SetResult();
        return Task.CompletedTask;
    }

    public async Task<long> WaitAsync(long seen, TimeSpan patience, CancellationToken cancel)
    {
        Task next;
        lock (gate) next = seen == events.Count ? grown.Task : Task.CompletedTask;
        await next.WaitAsync(cancel);
        lock (gate) return events.Count;
    }

    public IGrainFactory Factory()
    {
        IGrainFactory factory = DispatchProxy.Create<IGrainFactory, FactoryOfOne>();
        ((FactoryOfOne)(object)factory).Grain = this;
        return factory;
    }
}

/// <summary>Hands out the same object for every grain.</summary>
public class FactoryOfOne : DispatchProxy
{
    internal object Grain { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grain;
}

using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Ratchet.Gateway.Events;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Health;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>The sources of subscriptions: each is pulled by its subscriber, and keeps nothing for one who does not come.</summary>
internal sealed class Subscriptions(EventHub hub)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public RootFields Fields => new("Subscription")
    {
        { "jobEvents", JobEvents },
        { "executionLogs", Logs },
        { "workerEvents", call => WorkersAsync(call.Call, call.Cancel) },
        { "stats", call => StatsAsync(call.Call, call.Cancel) },
    };

    public static readonly ObjectFields<WorkerChange> Worker = new("WorkerEvent") { { "at", change => change.At }, { "kind", change => change.Kind }, { "worker", change => change.Worker } };

    private IAsyncEnumerable<object> JobEvents(FieldCall call)
    {
        IReadOnlyDictionary<string, object?>? wanted = call.Object("filter");
        var filter = new EventFilter
        {
            Job = wanted?.GetValueOrDefault("jobId") is Guid id ? new JobId(id) : null,
            Tasks = wanted?.GetValueOrDefault("task") is string task ? [task] : [],
            Queues = wanted?.GetValueOrDefault("queue") is string queue ? [queue] : [],
            To = wanted?.GetValueOrDefault("to") is System.Collections.IEnumerable states ? [.. states.Cast<string>().Select(JobStates.Parse)] : [],
        };
        EventCursor? after = null;
        if ((call.Call.ResumeAfter ?? call.Arg<string>("after")) is { } text)
            after = EventCursor.TryParse(text, out EventCursor place) ? place : throw new ProblemException(Problem.InvalidField("/after", "after must be the cursor of an event."));
        return hub.FollowAsync(call.Tenant, after, filter, call.Cancel);
    }

    private static IAsyncEnumerable<object> Logs(FieldCall call)
    {
        string text = call.Arg<string>("id")!;
        NodeId id = NodeId.TryParse(text, out NodeId global) && char.IsAsciiLetterUpper(global.Type[0]) ? global : new NodeId("Job", text);
        if (id.Type is not ("Job" or "Execution") || !Guid.TryParse(id.Key, out Guid key)) throw new ProblemException(Problem.NotFound($"There is no job or execution '{text}'."));
        LogPlace after = (call.Call.ResumeAfter ?? call.Arg<string>("after")) is { } place ? LogRequest.Place(place) : default;
        return LogsAsync(call.Call, id.Type == "Job" ? key : null, id.Type == "Job" ? null : key, after, call.Cancel);
    }

    private static async IAsyncEnumerable<object> LogsAsync(GraphCall call, Guid? job, Guid? execution, LogPlace after, [EnumeratorCancellation] CancellationToken cancel)
    {
        IJobDirectoryGrain directory = call.Grains.GetGrain<IJobDirectoryGrain>(0);
        if (execution is { } only) job = (await directory.GetExecutionAsync(call.Tenant, only, cancel))?.Job.Value;
        if (job is null || await directory.GetAsync(call.Tenant, new JobId(job.Value), cancel) is null) throw new ProblemException(Problem.NotFound($"There is no {(execution is null ? $"job '{job}'" : $"execution '{execution}'")}."));
        LogPlace place = after;
        while (true)
        {
            bool ended = false;
            await using IAsyncEnumerator<JobLogPart> parts = call.Grains.GetGrain<IJobGrain>(job.Value).FollowLogAsync(call.Tenant, place, cancel).WithBatchSize(1).GetAsyncEnumerator(cancel);
            while (await NextAsync(parts, cancel) is { } more)
            {
                if (!more) { ended = true; break; }
                JobLogPart part = parts.Current;
                foreach (LogLineJson line in LogLineJson.Of(part).Where(l => execution is null || l.Execution == execution)) yield return line;
                if (part.Lines.Count > 0) place = part.End;
                if (part.Last) { ended = true; break; }
            }

            if (ended) yield break;
            await Task.Delay(Look, call.Services.Time, cancel);
        }
    }

    /// <summary>Whether there is one more; null when the stream broke, and is to be taken up behind the last line.</summary>
    private static async Task<bool?> NextAsync(IAsyncEnumerator<JobLogPart> parts, CancellationToken cancel)
    {
        try
        {
            return await parts.MoveNextAsync();
        }
        catch (Exception e) when (e is EnumerationAbortedException or OrleansException or TimeoutException or RatchetException && !cancel.IsCancellationRequested)
        {
            // The job's actor has moved, or gave this reader up because it was slow.
            return null;
        }
    }

    private static async IAsyncEnumerable<object> WorkersAsync(GraphCall call, [EnumeratorCancellation] CancellationToken cancel)
    {
        Dictionary<string, WorkerNodeView>? known = null;
        while (true)
        {
            Dictionary<string, WorkerNodeView> now = (await call.Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync()).ToDictionary(w => w.Incarnation);
            foreach (WorkerChange change in Changes(known, now, call.Services.Time.GetUtcNow())) yield return change;
            known = now;
            await Task.Delay(Look, call.Services.Time, cancel);
        }
    }

    private static IEnumerable<WorkerChange> Changes(Dictionary<string, WorkerNodeView>? known, Dictionary<string, WorkerNodeView> now, DateTimeOffset at)
    {
        foreach ((string incarnation, WorkerNodeView worker) in now)
        {
            if (known is null) yield return new WorkerChange(at, "PRESENT", worker);
            else if (!known.TryGetValue(incarnation, out WorkerNodeView? before)) yield return new WorkerChange(at, "JOINED", worker);
            else if ((before.Draining, before.Capacity) != (worker.Draining, worker.Capacity)) yield return new WorkerChange(at, "CHANGED", worker);
        }

        foreach ((string incarnation, WorkerNodeView worker) in known ?? [])
        {
            if (!now.ContainsKey(incarnation)) yield return new WorkerChange(at, "LEFT", worker);
        }
    }

    private static async IAsyncEnumerable<object> StatsAsync(GraphCall call, [EnumeratorCancellation] CancellationToken cancel)
    {
        Totals? last = null;
        while (true)
        {
            Totals now = await HealthFields.TotalsAsync(call);
            if (now.Differs(last)) yield return now;
            last = now;
            await Task.Delay(Look, call.Services.Time, cancel);
        }
    }
}

/// <param name="Kind">PRESENT, JOINED, LEFT or CHANGED.</param>
internal sealed record WorkerChange(DateTimeOffset At, string Kind, WorkerNodeView Worker);

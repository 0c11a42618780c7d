using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Queues;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Queues;

namespace Ratchet.Gateway.GraphQL.Schema.Queues;

internal static class QueueFields
{
    public static readonly ObjectFields<QueueView> Queue = new("Queue")
    {
        { "id", queue => NodeId.Of("Queue", queue.Name) },
        { "name", queue => queue.Name },
        { "mode", queue => queue.Mode.Name() },
        { "counts", queue => queue.Counts.OrderBy(c => c.Key).Select(c => new StateCount(c.Key, c.Value)) },
        { "stats", queue => queue.Stats },
        { "limit", queue => queue.Limit },
        { "weights", queue => queue.Weights.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => new QueueWeight(w.Key, w.Value)) },
        { "jobs", (queue, call) => JobQueries.ListAsync(call, Filter.Where(JobField.Queue, FilterOperator.Equal, FieldValue.Of(queue.Name))) },
    };

    public static readonly ObjectFields<StateCount> Count = new("StateCount") { { "state", count => count.State.Name() }, { "count", count => count.Count } };

    public static readonly ObjectFields<QueueWeight> Weight = new("QueueWeight") { { "key", weight => weight.Key }, { "weight", weight => weight.Weight } };

    public static readonly ObjectFields<QueueStats> Stats = new("QueueStats")
    {
        { "window", stats => stats.Window },
        { "moreInStore", stats => stats.MoreInStore },
        { "inFlight", stats => stats.InFlight },
        { "nodes", stats => stats.Nodes },
        { "lanes", stats => stats.Lanes },
        { "held", stats => stats.Held },
        { "nextDue", stats => stats.NextDue },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "queue", call => Get(call, Name(call)) },
        { "queues", call => ListInputs.PageAsync(call, QueueList.Schema, () => call.Grains.GetGrain<IQueueDirectoryGrain>(0).ListAsync(call.Tenant, call.Cancel)) },
    };

    public static readonly RootFields Mutations = new("Mutation")
    {
        { "setQueueMode", call => ChangeAsync(call, queue => queue.SetModeAsync(WorkModes.Parse(call.Arg<string>("mode")!))) },
        { "pauseQueue", call => ChangeAsync(call, queue => queue.SetModeAsync(WorkMode.Paused)) },
        { "resumeQueue", call => ChangeAsync(call, queue => queue.SetModeAsync(WorkMode.Active)) },
        { "drainQueue", call => ChangeAsync(call, queue => queue.SetModeAsync(WorkMode.Draining)) },
        { "setQueueWeight", call => ChangeAsync(call, queue => queue.SetWeightAsync(Key(call), call.Arg<double?>("weight") is null ? null : WeightRequest.Read(InputJson.Of(new Dictionary<string, object?> { ["weight"] = call.Arg<double?>("weight") })))) },
    };

    public static object? Get(FieldCall call, string name) => EntityName.IsName(name) ? call.Queue(name) : null;

    private static string Name(FieldCall call)
    {
        if (call.Arg<string>("name") is { } name) return name;
        return call.Arg<string>("id") is { } id ? NodeId.KeyOf("Queue", id) : throw new ProblemException(Problem.Invalid("Give the name of the queue, or its id."));
    }

    private static Task<Payload> ChangeAsync(FieldCall call, Func<IQueueGrain, Task> change) => Mutating.DoAsync(call, async () =>
    {
        string name = call.Arg<string>("name")!;
        if (!EntityName.IsName(name)) throw new ProblemException(Problem.NotFound($"There is no queue '{name}'."));
        await change(call.Grains.GetGrain<IQueueGrain>(new QueueKey(call.Tenant, name).GrainKey));
        return new Payload(("queue", await call.Grains.GetGrain<IQueueDirectoryGrain>(0).GetAsync(call.Tenant, name, call.Cancel)));
    });

    private static string Key(FieldCall call)
    {
        string key = call.Arg<string>("key")!;
        return EntityName.IsText(key) ? key : throw new ProblemException(Problem.InvalidField("/key", $"key must have 1 to {Limits.NameChars} characters and no control characters."));
    }
}

internal sealed record StateCount(JobState State, long Count);

internal sealed record QueueWeight(string Key, double Weight);

using GraphQL.DataLoader;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.GraphQL.Schema.Limiting;
using Ratchet.Gateway.GraphQL.Schema.Queues;
using Ratchet.Gateway.GraphQL.Schema.Recordings;
using Ratchet.Gateway.GraphQL.Schema.Schedules;
using Ratchet.Gateway.GraphQL.Schema.Tasks;
using Ratchet.Gateway.GraphQL.Schema.Webhooks;
using Ratchet.Gateway.GraphQL.Schema.Workers;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>Objects by their global ids.</summary>
internal static class NodeQueries
{
    private const int Most = 100;

    /// <summary>How each type that has ids is read by the key in one: the object, or what loads it; null when no object can have that key.</summary>
    public static readonly IReadOnlyDictionary<string, Func<FieldCall, string, object?>> Readers = new Dictionary<string, Func<FieldCall, string, object?>>(StringComparer.Ordinal)
    {
        ["Job"] = JobQueries.Get,
        ["Execution"] = JobQueries.Execution,
        ["Recording"] = RecordingFields.Get,
        ["Task"] = TaskFields.Get,
        ["TaskVersion"] = TaskVersionFields.Get,
        ["Queue"] = QueueFields.Get,
        ["Webhook"] = WebhookFields.Get,
        ["Delivery"] = DeliveryFields.Get,
        ["Schedule"] = (call, key) => Awaited.Of(ScheduleFields.GetAsync(call, key)),
        ["Worker"] = (call, key) => Awaited.Of(WorkerFields.GetAsync(call, key)),
        ["Limit"] = (call, key) => Awaited.Of(LimitFields.GetAsync(call, key)),
    };

    public static readonly RootFields Fields = new("Query")
    {
        { "node", call => NodeId.TryParse(call.Arg<string>("id")!, out NodeId id) ? Read(call, id) : null },
        { "nodes", Many },
    };

    public static readonly ObjectFields<Page> PageInfo = new("PageInfo")
    {
        { "hasNextPage", page => page.HasNext },
        { "hasPreviousPage", page => page.HasPrevious },
        { "startCursor", page => page.Edges.Count > 0 ? page.Edges[0].Cursor : null },
        { "endCursor", page => page.End ?? (page.Edges.Count > 0 ? page.Edges[^1].Cursor : null) },
    };

    public static readonly ObjectFields<UserError> Error = new("UserError") { { "code", error => error.Code }, { "message", error => error.Message }, { "path", error => error.Path } };

    /// <summary>The object, or what loads it; null for what is of no type that has ids.</summary>
    public static object? Read(FieldCall call, NodeId id) => Readers.TryGetValue(id.Type, out Func<FieldCall, string, object?>? read) ? read(call, id.Key) : null;

    private static object Many(FieldCall call)
    {
        IReadOnlyList<object?> ids = call.List("ids");
        if (ids.Count > Most) throw new ProblemException(Problem.OverLimit($"At most {Most} nodes go in one call."));
        // A whole number is an ID as well, though of nothing here.
        return ids.Select(id => id is string text && NodeId.TryParse(text, out NodeId known) ? Read(call, known) : null).ToArray();
    }

    /// <summary>What is being read, where the engine takes loaders in lists and no tasks.</summary>
    private sealed class Awaited(Func<Task<object?>> read) : IDataLoaderResult
    {
        public static Awaited Of<T>(Task<T?> work) where T : class => new(async () => await work);

        public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) => read();
    }
}

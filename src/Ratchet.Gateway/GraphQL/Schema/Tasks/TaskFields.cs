using Ratchet.Caching;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Tasks;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Recordings;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema.Tasks;

internal static class TaskFields
{
    public static readonly ObjectFields<TaskView> Task = new("Task")
    {
        { "id", task => NodeId.Of("Task", task.Current.Name) },
        { "name", task => task.Current.Name },
        { "uuid", task => task.Current.Uuid },
        { "version", task => task.Current.Version },
        { "versions", (task, call) => call.TaskVersions(task.Current.Name) },
        { "promotions", (task, call) => PromotionsAsync(task, call) },
        { "label", task => task.Current.Label },
        { "description", task => task.Current.Description },
        { "digest", task => task.Current.Digest },
        { "enabled", task => task.Enabled },
        { "mode", task => task.Gate.Mode.Name() },
        { "circuit", task => task.Gate.Circuit switch { CircuitState.Open => "OPEN", CircuitState.HalfOpen => "HALF_OPEN", _ => "CLOSED" } },
        { "circuitOpenUntil", task => task.Gate.OpenUntil },
        { "source", task => task.Current.Source },
        { "sourceGone", task => task.SourceGone },
        { "createdAt", task => task.CreatedAt },
        { "createdBy", task => task.CreatedBy },
        { "inputSchema", task => RawJson.Of(task.Current.InputSchema) },
        { "outputSchema", task => RawJson.Of(task.Current.OutputSchema) },
        { "execution", task => PartOf(task, "execution") },
        { "retry", task => PartOf(task, "retry") },
        { "circuitBreaker", task => PartOf(task, "circuitBreaker") },
        { "cache", (task, call) => call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{task.Current.Name}").GetCacheAsync() },
        { "jobs", (task, call) => JobQueries.ListAsync(call, Filter.Where(JobField.Task, FilterOperator.Equal, FieldValue.Of(task.Current.Name))) },
        { "recordings", (task, call) => ListInputs.PageAsync(call, RecordingList.Schema, () => call.Grains.GetGrain<IRecordingGrain>(0).ListAsync(call.Tenant, task.Current.Name, null, Limits.ListRows, call.Cancel)) },
    };

    public static readonly ObjectFields<CacheView> Cache = new("TaskCache")
    {
        { "enabled", cache => cache.Policy is not null },
        { "ttl", cache => cache.Policy?.Ttl },
        { "key", cache => cache.Policy?.Key ?? [] },
        { "entries", cache => cache.Entries },
        { "hits", cache => cache.Hits },
        { "misses", cache => cache.Misses },
        { "waiting", cache => cache.Waiting },
        { "purgedAt", cache => cache.PurgedAt },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "task", call => Name(call) is { } name ? Get(call, name) : null },
        { "tasks", call => ListInputs.PageAsync(call, TaskList.Schema, () => call.Grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(call.Tenant, call.Cancel)) },
    };

    public static object? Get(FieldCall call, string name) => EntityName.IsName(name) ? call.Task(name) : null;

    private static string? Name(FieldCall call)
    {
        if (call.Arg<string>("name") is { } name) return name;
        return call.Arg<string>("id") is { } id ? NodeId.KeyOf("Task", id) : throw new ProblemException(Problem.Invalid("Give the name of the task, or its id."));
    }

    private static Task<IReadOnlyList<TaskPromotion>> PromotionsAsync(TaskView task, FieldCall call) => call.Arg<int?>("first") is { } first and >= 1 and <= Limits.TaskPromotions
        ? call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{task.Current.Name}").GetPromotionsAsync(first)
        : throw new ProblemException(Problem.InvalidField("/first", $"first must be from 1 to {Limits.TaskPromotions}."));

    private static RawJson? PartOf(TaskView task, string member) => JsonPart.Of(json => TaskJson.WriteWhole(json, task), member);
}

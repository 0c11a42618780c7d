using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema.Tasks;

/// <summary>The versions of a task, and which of them were current.</summary>
internal static class TaskVersionFields
{
    public static readonly ObjectFields<TaskVersionView> Version = new("TaskVersion")
    {
        { "id", version => IdOf(version.Reference.Name, version.Reference.Version) },
        { "task", version => version.Reference.Name },
        { "taskDetails", (version, call) => call.Task(version.Reference.Name) },
        { "version", version => version.Reference.Version },
        { "uuid", version => version.Uuid },
        { "label", version => version.Label },
        { "description", version => version.Description },
        { "digest", version => version.Reference.Digest },
        { "current", version => version.Current },
        { "enabled", version => version.Enabled },
        { "source", version => version.Source },
        { "createdAt", version => version.CreatedAt },
        { "createdBy", version => version.CreatedBy },
        { "inputSchema", (version, call) => Whole(version, call, whole => RawJson.Of(whole.Package.InputSchema)) },
        { "outputSchema", (version, call) => Whole(version, call, whole => RawJson.Of(whole.Package.OutputSchema)) },
        { "execution", (version, call) => Whole(version, call, whole => PartOf(whole, "execution")) },
        { "retry", (version, call) => Whole(version, call, whole => PartOf(whole, "retry")) },
        { "circuitBreaker", (version, call) => Whole(version, call, whole => PartOf(whole, "circuitBreaker")) },
        { "zipUrl", version => $"/api/v1/tasks/{Uri.EscapeDataString(version.Reference.Name)}/versions/{Uri.EscapeDataString(version.Reference.Version)}/zip" },
    };

    public static readonly ObjectFields<TaskPromotion> Promotion = new("TaskPromotion")
    {
        { "sequence", promotion => promotion.Sequence },
        { "at", promotion => promotion.At },
        { "kind", promotion => promotion.Kind.Name() },
        { "version", promotion => promotion.Version },
        { "digest", promotion => promotion.Digest },
        { "actor", promotion => promotion.Actor },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "taskVersion", call => EntityName.IsName(call.Arg<string>("task")!) ? View(call, call.Arg<string>("task")!, call.Arg<string>("version") ?? "") : null },
    };

    public static readonly RootFields Mutations = new("Mutation")
    {
        { "enableTaskVersion", call => ChangeAsync(call, task => task.EnableVersionAsync(VersionOf(call), true)) },
        { "disableTaskVersion", call => ChangeAsync(call, task => task.EnableVersionAsync(VersionOf(call), false)) },
        { "promoteTaskVersion", call => ChangeAsync(call, task => task.PromoteAsync(VersionOf(call), call.Call.Caller.Principal)) },
        { "rollBackTask", call => ChangeAsync(call, task => task.RollBackAsync(call.Arg<string>("from"), call.Call.Caller.Principal)) },
        { "deleteTaskVersion", call => Mutating.DoAsync(call, async () => await DeleteAsync(call)) },
    };

    /// <summary>A version by the key of its global id: task/version.</summary>
    public static object? Get(FieldCall call, string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1 && EntityName.IsName(key[..slash]) ? View(call, key[..slash], key[(slash + 1)..]) : null;
    }

    private static Part<TaskVersionDetails> View(FieldCall call, string task, string version) => new(call.Call.WholeTaskVersions().Load((task, version)), whole => whole.View);

    private static Part<TaskVersionDetails> Whole(TaskVersionView version, FieldCall call, Func<TaskVersionDetails, object?> read) =>
        new(call.Call.WholeTaskVersions().Load((version.Reference.Name, version.Reference.Version)), read);

    private static RawJson? PartOf(TaskVersionDetails version, string member) => JsonPart.Of(json => TaskJson.WriteVersion(json, version), member);

    /// <summary>Answers with the version that it was about: the one that is named, or the one that is current now.</summary>
    private static Task<Payload> ChangeAsync(FieldCall call, Func<ITaskGrain, Task> change) => Mutating.DoAsync(call, async () =>
    {
        ITaskGrain task = TaskMutations.Grain(call);
        await change(task);
        string name = call.Arg<string>("name")!;
        TaskVersionDetails version = await task.GetVersionAsync(call.Arg<string>("version")) ?? throw new UnknownTaskException(name);
        return new Payload(("version", version.View), ("task", call.Selects("task") ? await task.GetAsync() : null));
    });

    private static async Task<Payload> DeleteAsync(FieldCall call)
    {
        await TaskMutations.Grain(call).DeleteVersionAsync(VersionOf(call));
        return new Payload(("deletedId", IdOf(call.Arg<string>("name")!, VersionOf(call))));
    }

    private static string VersionOf(FieldCall call) => call.Arg<string>("version") is { Length: > 0 } version ? version : throw new ProblemException(Problem.InvalidField("/version", "version must not be empty."));

    private static string IdOf(string task, string version) => NodeId.Of("TaskVersion", $"{task}/{version}");
}

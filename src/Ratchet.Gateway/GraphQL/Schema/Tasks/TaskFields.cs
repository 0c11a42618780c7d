using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Tasks;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Recordings;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema.Tasks;

/// <summary>Tasks and their versions.</summary>
internal static class TaskFields
{
    private const int DefaultRecordings = 20;

    public static readonly ObjectFields<TaskView> Task = new("Task")
    {
        { "id", task => NodeId.Of("Task", task.Current.Name) },
        { "name", task => task.Current.Name },
        { "uuid", task => task.Current.Uuid },
        { "version", task => task.Current.Version },
        { "versions", task => (task.Versions.Count > 0 ? task.Versions : [task.Current.Version]).Select(v => new TaskVersionName(task.Current.Name, v, v == task.Current.Version)) },
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
        { "inputSchema", task => RawJson.Of(task.Current.InputSchema) },
        { "outputSchema", task => RawJson.Of(task.Current.OutputSchema) },
        { "execution", task => PartOf(task, "execution") },
        { "retry", task => PartOf(task, "retry") },
        { "jobs", (task, call) => JobQueries.ListAsync(call, Filter.Where(JobField.Task, FilterOperator.Equal, FieldValue.Of(task.Current.Name))) },
        { "recordings", (task, call) => RecordingsAsync(task, call) },
    };

    public static readonly ObjectFields<TaskVersionName> Version = new("TaskVersion")
    {
        { "task", version => version.Task },
        { "version", version => version.Version },
        { "current", version => version.Current },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "task", call => Name(call) is { } name ? Get(call, name) : null },
        { "tasks", call => ListInputs.PageAsync(call, TaskList.Schema, () => call.Grains.GetGrain<ITaskDirectoryGrain>(0).ListAsync(call.Tenant, call.Cancel)) },
    };

    public static readonly RootFields Mutations = new("Mutation")
    {
        { "enableTask", call => ChangeAsync(call, task => task.EnableAsync(true)) },
        { "disableTask", call => ChangeAsync(call, task => task.EnableAsync(false)) },
        { "setTaskMode", call => ChangeAsync(call, task => task.SetModeAsync(WorkModes.Parse(call.Arg<string>("mode")!))) },
        { "deleteTask", call => DeleteAsync(call) },
    };

    public static object? Get(FieldCall call, string name) => EntityName.IsName(name) ? call.Task(name) : null;

    private static string? Name(FieldCall call)
    {
        if (call.Arg<string>("name") is { } name) return name;
        return call.Arg<string>("id") is { } id ? NodeId.KeyOf("Task", id) : throw new ProblemException(Problem.Invalid("Give the name of the task, or its id."));
    }

    private static Task<Payload> ChangeAsync(FieldCall call, Func<ITaskGrain, Task> change) => Mutating.DoAsync(call, async () =>
    {
        ITaskGrain task = Grain(call);
        await change(task);
        return new Payload(("task", await task.GetAsync() ?? throw new UnknownTaskException(call.Arg<string>("name")!)));
    });

    private static Task<Payload> DeleteAsync(FieldCall call) => Mutating.DoAsync(call, async () =>
    {
        await Grain(call).DeleteAsync();
        return new Payload(("deletedId", NodeId.Of("Task", call.Arg<string>("name")!)));
    });

    private static ITaskGrain Grain(FieldCall call)
    {
        string name = call.Arg<string>("name")!;
        return EntityName.IsName(name) ? call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{name}") : throw new ProblemException(Problem.NotFound($"There is no task '{name}'."));
    }

    private static Task<IReadOnlyList<RecordingView>> RecordingsAsync(TaskView task, FieldCall call)
    {
        int first = call.Arg<int?>("first") ?? DefaultRecordings;
        if (first is < 1 or > Limits.ListRows) throw new ProblemException(Problem.InvalidField("/first", $"first must be from 1 to {Limits.ListRows}."));
        return call.Grains.GetGrain<IRecordingGrain>(0).ListAsync(call.Tenant, task.Current.Name, call.Arg<string>("outcome"), first, call.Cancel);
    }

    /// <summary>A member of the task as REST shows it.</summary>
    private static RawJson? PartOf(TaskView task, string member)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) TaskJson.WriteWhole(json, task);
        using JsonDocument whole = JsonDocument.Parse(bytes.ToArray());
        return RawJson.Of(whole.RootElement.GetProperty(member).GetRawText());
    }
}

internal sealed record TaskVersionName(string Task, string Version, bool Current);

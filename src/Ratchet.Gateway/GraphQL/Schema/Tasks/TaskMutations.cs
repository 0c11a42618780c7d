using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema.Tasks;

/// <summary>Changes of tasks as a whole.</summary>
internal static class TaskMutations
{
    public static readonly RootFields Fields = new("Mutation")
    {
        { "enableTask", call => ChangeAsync(call, task => task.EnableAsync(true)) },
        { "disableTask", call => ChangeAsync(call, task => task.EnableAsync(false)) },
        { "setTaskMode", call => ChangeAsync(call, task => task.SetModeAsync(WorkModes.Parse(call.Arg<string>("mode")!))) },
        { "pauseTask", call => ChangeAsync(call, task => task.SetModeAsync(WorkMode.Paused)) },
        { "resumeTask", call => ChangeAsync(call, task => task.SetModeAsync(WorkMode.Active)) },
        { "drainTask", call => ChangeAsync(call, task => task.SetModeAsync(WorkMode.Draining)) },
        { "deleteTask", DeleteAsync },
        { "purgeTaskCache", call => Mutating.DoAsync(call, async () => new Payload(("deleted", await Grain(call).PurgeCacheAsync())), ("deleted", 0)) },
    };

    /// <summary>The task that the argument <c>name</c> names.</summary>
    /// <exception cref="ProblemException">No task can have that name.</exception>
    public static ITaskGrain Grain(FieldCall call)
    {
        string name = call.Arg<string>("name")!;
        return EntityName.IsName(name) ? call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{name}") : throw new ProblemException(Problem.NotFound($"There is no task '{name}'."));
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
}

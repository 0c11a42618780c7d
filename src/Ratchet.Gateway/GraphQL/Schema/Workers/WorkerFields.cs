using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema.Workers;

internal static class WorkerFields
{
    public static readonly ObjectFields<WorkerNodeView> Worker = new("Worker")
    {
        { "id", worker => NodeId.Of("Worker", worker.Name) },
        { "name", worker => worker.Name },
        { "incarnation", worker => worker.Incarnation },
        // A node that drains takes no more work, as a queue that drains takes no more jobs.
        { "mode", worker => (worker.Draining ? WorkMode.Draining : WorkMode.Active).Name() },
        { "capacity", worker => worker.Capacity },
        { "running", worker => worker.Running },
        { "processors", worker => worker.Processors },
        { "memoryBytes", worker => worker.MemoryBytes },
        { "isolation", worker => worker.Isolation },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "worker", call => GetAsync(call, call.Arg<string>("name")!) },
        { "workers", call => ListInputs.PageAsync(call, WorkerList.Schema, () => Directory(call).ListAsync()) },
    };

    public static readonly RootFields Mutations = new("Mutation")
    {
        { "drainWorker", call => SetDrainingAsync(call, true) },
        { "resumeWorker", call => SetDrainingAsync(call, false) },
    };

    public static async Task<WorkerNodeView?> GetAsync(FieldCall call, string name) => (await Directory(call).ListAsync()).FirstOrDefault(w => w.Name == name);

    private static Task<Payload> SetDrainingAsync(FieldCall call, bool draining) => Mutating.DoAsync(call, async () =>
    {
        string name = call.Arg<string>("name")!;
        if (!await Directory(call).SetDrainingAsync(name, draining)) throw new ProblemException(Problem.NotFound($"There is no worker '{name}' in the cluster."));
        return new Payload(("worker", await GetAsync(call, name)));
    });

    private static IWorkerDirectoryGrain Directory(FieldCall call) => call.Grains.GetGrain<IWorkerDirectoryGrain>(0);
}

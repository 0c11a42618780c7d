using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Jobs;
using Ratchet.Lists;

namespace Ratchet.Gateway.GraphQL.Schema.Jobs;

internal static class JobQueries
{
    public static readonly RootFields Fields = new("Query")
    {
        { "job", call => Get(call, NodeId.KeyOf("Job", call.Arg<string>("id")!)) },
        { "jobs", call => ListAsync(call, null) },
        { "execution", call => Execution(call, NodeId.KeyOf("Execution", call.Arg<string>("id")!)) },
        { "executions", call => ListInputs.PageAsync(call, ExecutionList.Schema, null, query => Directory(call).ListExecutionsAsync(call.Tenant, query, call.Cancel)) },
    };

    public static object? Get(FieldCall call, string key) => Guid.TryParse(key, out Guid id) ? call.Call.WholeJobs().Load(id) : null;

    public static object? Execution(FieldCall call, string key) => Guid.TryParse(key, out Guid id) ? call.Call.WholeExecutions().Load(id) : null;

    /// <param name="within">What holds beside the filter that the client gives.</param>
    public static Task<Page> ListAsync(FieldCall call, Filter<JobField>? within) => ListInputs.PageAsync(call, JobList.Schema, within, query => Directory(call).ListAsync(call.Tenant, query, call.Cancel));

    private static IJobDirectoryGrain Directory(FieldCall call) => call.Grains.GetGrain<IJobDirectoryGrain>(0);
}

using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>What objects lead to, read for all of them in one call.</summary>
internal static class Loaders
{
    private const int AtOnce = 16;

    /// <summary>Jobs without payloads.</summary>
    public static object Job(this FieldCall field, Guid id)
    {
        GraphCall call = field.Call;
        return call.Loader<Guid, JobView>("jobs", async ids =>
            (await Directory(call).GetManyAsync(call.Tenant, [.. ids.Select(i => new JobId(i))], call.Cancel)).ToDictionary(j => j.Id.Value)).Load(id);
    }

    /// <summary>The executions of a job, without outputs and logs.</summary>
    public static object Executions(this FieldCall field, JobId job)
    {
        GraphCall call = field.Call;
        return call.Loader<Guid, IReadOnlyList<ExecutionView>>("executions", async ids =>
        {
            ILookup<Guid, ExecutionView> all = (await Directory(call).GetExecutionsOfManyAsync(call.Tenant, [.. ids.Select(i => new JobId(i))], call.Cancel)).ToLookup(e => e.Job.Value);
            return ids.ToDictionary(i => i, i => (IReadOnlyList<ExecutionView>)[.. all[i]]);
        }).Load(job.Value);
    }

    /// <summary>A job with its payloads and its executions as they were stored.</summary>
    public static BatchLoader<Guid, JobView> WholeJobs(this GraphCall call) => call.Loader<Guid, JobView>("whole jobs", ids => ManyAsync(ids, id => Directory(call).GetAsync(call.Tenant, new JobId(id), call.Cancel)));

    public static BatchLoader<Guid, ExecutionView> WholeExecutions(this GraphCall call) =>
        call.Loader<Guid, ExecutionView>("whole executions", ids => ManyAsync(ids, id => Directory(call).GetExecutionAsync(call.Tenant, id, call.Cancel)));

    public static BatchLoader<Guid, IReadOnlyList<JobEvent>> Events(this GraphCall call) =>
        call.Loader<Guid, IReadOnlyList<JobEvent>>("events", ids => ManyAsync(ids, async id => (IReadOnlyList<JobEvent>?)await Directory(call).EventsAsync(call.Tenant, new JobId(id), call.Cancel)));

    public static object Task(this FieldCall field, string name)
    {
        GraphCall call = field.Call;
        return call.Loader<string, TaskView>("tasks", names => ManyAsync(names, n => call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{n}").GetAsync())).Load(name);
    }

    /// <summary>The versions of a task, newest first, without their files.</summary>
    public static object TaskVersions(this FieldCall field, string name)
    {
        GraphCall call = field.Call;
        return call.Loader<string, IReadOnlyList<TaskVersionView>>("task versions", names => ManyAsync(names, async n => (IReadOnlyList<TaskVersionView>?)await call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{n}").GetVersionsAsync())).Load(name);
    }

    /// <summary>Versions with their files, by task and version; an empty version is the current one.</summary>
    public static BatchLoader<(string Task, string Version), TaskVersionDetails> WholeTaskVersions(this GraphCall call) => call.Loader<(string Task, string Version), TaskVersionDetails>("whole task versions", keys =>
        ManyAsync(keys, key => call.Grains.GetGrain<ITaskGrain>($"{call.Tenant}/{key.Task}").GetVersionAsync(key.Version.Length == 0 ? null : key.Version)));

    public static object Queue(this FieldCall field, string name)
    {
        GraphCall call = field.Call;
        return call.Loader<string, QueueView>("queues", async names =>
        {
            IQueueDirectoryGrain directory = call.Grains.GetGrain<IQueueDirectoryGrain>(0);
            if (names.Count > 1) return (await directory.ListAsync(call.Tenant, call.Cancel)).ToDictionary(q => q.Name);
            return await ManyAsync(names, n => directory.GetAsync(call.Tenant, n, call.Cancel));
        }).Load(name);
    }

    /// <summary>For what has no call for several: a few calls at once.</summary>
    public static async Task<IReadOnlyDictionary<TKey, TValue>> ManyAsync<TKey, TValue>(IReadOnlyList<TKey> keys, Func<TKey, Task<TValue?>> read) where TKey : notnull where TValue : class
    {
        var found = new Dictionary<TKey, TValue>();
        foreach (TKey[] some in keys.Chunk(AtOnce))
        {
            TValue?[] values = await System.Threading.Tasks.Task.WhenAll(some.Select(read));
            for (int i = 0; i < some.Length; i++)
            {
                if (values[i] is { } value) found[some[i]] = value;
            }
        }

        return found;
    }

    private static IJobDirectoryGrain Directory(GraphCall call) => call.Grains.GetGrain<IJobDirectoryGrain>(0);
}

using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Jobs;
using Ratchet.Recordings;

namespace Ratchet.Gateway.GraphQL.Schema.Recordings;

/// <summary>Recordings by their executions. What there is of a task's newest is read in one call; one that is older is known by its execution and its document.</summary>
internal static class RecordingLoader
{
    /// <param name="task">Of the execution, where it is known already.</param>
    public static object Recording(this FieldCall field, Guid execution, string? task)
    {
        GraphCall call = field.Call;
        return call.Loader<(Guid Execution, string? Task), RecordingView>("recordings", keys => ReadAsync(call, keys)).Load((execution, task));
    }

    private static async Task<IReadOnlyDictionary<(Guid Execution, string? Task), RecordingView>> ReadAsync(GraphCall call, IReadOnlyList<(Guid Execution, string? Task)> keys)
    {
        ExecutionView?[] unknown = await Task.WhenAll(keys.Where(k => k.Task is null).Select(k => ExecutionAsync(call, k.Execution)));
        Dictionary<Guid, string> tasks = unknown.Where(e => e is { Recorded: true, Task: not null }).DistinctBy(e => e!.Id).ToDictionary(e => e!.Id, e => e!.Task!);
        var found = new Dictionary<(Guid Execution, string? Task), RecordingView>();
        foreach (IGrouping<string?, (Guid Execution, string? Task)> some in keys.GroupBy(k => k.Task ?? tasks.GetValueOrDefault(k.Execution)))
        {
            if (some.Key is not { } task) continue;
            Dictionary<Guid, RecordingView> newest = (await Grain(call).ListAsync(call.Tenant, task, null, Limits.ListRows, call.Cancel)).ToDictionary(r => r.Execution);
            foreach ((Guid Execution, string? Task) key in some)
            {
                RecordingView? recording = newest.GetValueOrDefault(key.Execution) ?? await OlderAsync(call, key.Execution);
                if (recording is not null) found[key] = recording;
            }
        }

        return found;
    }

    private static async Task<RecordingView?> OlderAsync(GraphCall call, Guid id)
    {
        if (await ExecutionAsync(call, id) is not { Recorded: true, Task: { } task } execution || await Grain(call).ReadAsync(call.Tenant, id, call.Cancel) is not { } document) return null;
        return new RecordingView
        {
            Execution = id, Job = execution.Job, CreatedAt = execution.FinishedAt, Attempt = execution.Attempt, Task = task, Version = execution.TaskVersion ?? "", Outcome = execution.Outcome, Size = document.Length,
        };
    }

    private static Task<ExecutionView?> ExecutionAsync(GraphCall call, Guid id) => call.WholeExecutions().Load(id).GetResultAsync(call.Cancel);

    private static IRecordingGrain Grain(GraphCall call) => call.Grains.GetGrain<IRecordingGrain>(0);
}

using Ratchet.Jobs;
using Ratchet.Schedules;
using Ratchet.Storage.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>The task out of use, for a while or for good.</summary>
public sealed partial class TaskGrain
{
    private static readonly JobState[] Unfinished = [.. JobStates.All.Where(s => !s.IsTerminal())];

    public async Task EnableAsync(bool enabled)
    {
        if (!await store.Tasks.SetEnabledAsync(key.Tenant, key.Name, enabled, CancellationToken.None)) throw new UnknownTaskException(key.Name);
        await ReadAsync();
    }

    public async Task DeleteAsync()
    {
        if (versions.Count == 0) throw new UnknownTaskException(key.Name);
        var filter = new ScheduleFilter { Task = key.Name, Limit = 1 };
        if (await store.Schedules.ListAsync(key.Tenant, filter, CancellationToken.None) is [var schedule, ..])
            throw new TaskInUseException($"Schedule '{schedule.Definition.Id}' submits jobs of task '{key.Name}'; delete the schedule first.");
        bool enabled = versions[0].Enabled;
        // What is submitted meanwhile is refused: a job that came in after the look would find no code.
        if (enabled) await EnableAsync(false);
        if (!await store.Tasks.DeleteAsync(key.Tenant, key.Name, CancellationToken.None))
        {
            long left = await store.Jobs.CountPickedAsync(key.Tenant, new PickQuery(Unfinished, key.Name, null, DateTimeOffset.MaxValue), CancellationToken.None);
            if (enabled) await EnableAsync(true);
            throw new TaskInUseException($"{left} {(left == 1 ? "job" : "jobs")} of task '{key.Name}' {(left == 1 ? "is" : "are")} not at an end; disable the task, and delete it when they are.");
        }

        await ReadAsync();
    }
}

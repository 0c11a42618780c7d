using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Schedules;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Schedules;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>The task out of use, for a while or for good.</summary>
public sealed partial class TaskGrain
{
    private static readonly JobState[] Unfinished = [.. JobStates.All.Where(s => !s.IsTerminal())];

    public async Task EnableAsync(bool enabled, Precondition? only)
    {
        if (!await store.Tasks.SetEnabledAsync(key.Tenant, key.Name, enabled, only, CancellationToken.None)) throw new UnknownTaskException(key.Name);
        await ReadAsync();
    }

    public async Task DeleteAsync(Precondition? only)
    {
        RequireKnown(only);
        if (versions.Count == 0) throw new UnknownTaskException(key.Name);
        var filter = new ScheduleFilter { Task = key.Name, Limit = 1 };
        if (await store.Schedules.ListAsync(key.Tenant, filter, CancellationToken.None) is [var schedule, ..])
            throw new TaskInUseException($"Schedule '{schedule.Definition.Id}' submits jobs of task '{key.Name}'; delete the schedule first.");
        bool enabled = versions[0].TaskEnabled;
        // What is submitted meanwhile is refused: a job that came in after the look would find no code.
        if (enabled) await HoldAsync(false, only);
        if (!await store.Tasks.DeleteAsync(key.Tenant, key.Name, only, CancellationToken.None))
        {
            long left = await store.Jobs.CountPickedAsync(key.Tenant, new PickQuery(Unfinished, key.Name, null, DateTimeOffset.MaxValue), CancellationToken.None);
            await HoldAsync(enabled, null);
            RequireKnown(only);
            throw new TaskInUseException($"{left} {(left == 1 ? "job" : "jobs")} of task '{key.Name}' {(left == 1 ? "is" : "are")} not at an end; disable the task, and delete it when they are.");
        }

        await ReadAsync();
    }

    /// <summary>As <see cref="EnableAsync"/>, for as long as a deletion takes: whoever knows the task knows it still after one that was refused.</summary>
    private async Task HoldAsync(bool enabled, Precondition? only)
    {
        bool held = await store.Tasks.HoldAsync(key.Tenant, key.Name, enabled, only, CancellationToken.None);
        await ReadAsync();
        if (!held) RequireKnown(only);
    }

    private void RequireKnown(Precondition? only)
    {
        if (only?.Holds(versions.Count == 0 ? null : versions[0].TaskRevision) == false) throw PreconditionFailedException.Of($"task '{key.Name}'", only);
    }

    public async Task EnableVersionAsync(string version, bool enabled)
    {
        TaskVersionRecord found = Known(version);
        if (found.Enabled == enabled) return;
        if (!await store.Tasks.SetVersionEnabledAsync(key.Tenant, key.Name, found.Reference.Digest, enabled, CancellationToken.None))
            throw new TaskVersionStateException(TaskVersionStateException.Current, $"Version {version} of task '{key.Name}' is current; make another one current first, or disable the task.");
        await ReadAsync();
    }

    public async Task DeleteVersionAsync(string version)
    {
        TaskVersionRecord found = Known(version);
        if (found.Current) throw new TaskVersionStateException(TaskVersionStateException.Current, $"Version {version} of task '{key.Name}' is current; make another one current first, or delete the task.");
        if (await ScheduleOfAsync(version) is { } schedule) throw new TaskInUseException($"Schedule '{schedule}' submits jobs of version {version} of task '{key.Name}'; change or delete the schedule first.");
        // As above: what comes in after the look would find no code.
        if (found.Enabled) await EnableVersionAsync(version, false);
        if (!await store.Tasks.DeleteVersionAsync(key.Tenant, key.Name, found.Reference.Digest, CancellationToken.None))
        {
            if (found.Enabled) await EnableVersionAsync(version, true);
            throw new TaskInUseException($"Jobs of version {version} of task '{key.Name}' are not at an end; disable the version, and delete it when they are.");
        }

        await ReadAsync();
    }

    /// <summary>A schedule that names the version; null when none does.</summary>
    private async Task<string?> ScheduleOfAsync(string version)
    {
        for (int read = 0; ; read += Limits.ListRows)
        {
            var filter = new ScheduleFilter { Task = key.Name, Offset = read, Limit = Limits.ListRows };
            IReadOnlyList<ScheduleRecord> page = await store.Schedules.ListAsync(key.Tenant, filter, CancellationToken.None);
            if (page.FirstOrDefault(s => s.Definition.Job.Version == version) is { } found) return found.Definition.Id;
            if (page.Count < Limits.ListRows) return null;
        }
    }
}

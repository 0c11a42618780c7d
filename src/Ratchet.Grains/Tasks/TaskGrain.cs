using Orleans.Concurrency;
using Ratchet.Execution.Packages;
using Ratchet.Storage;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>See <see cref="ITaskGrain"/>. What versions there are is read once and kept; it only changes through this grain.</summary>
public sealed partial class TaskGrain(IStore store, TaskPackageCache packages, CircuitMetrics metrics, TaskMetrics changes, TaskSources sources, TimeProvider time) : Grain, ITaskGrain
{
    private TaskKey key;
    private IReadOnlyList<TaskVersionRecord> versions = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = TaskKey.FromGrainKey(this.GetPrimaryKeyString());
        await ReadAsync();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Gone(key);
        return Task.CompletedTask;
    }

    public Task<TaskResolution> ResolveAsync(string? version)
    {
        TaskVersionRecord? found = Find(version);
        return Task.FromResult(new TaskResolution(versions.Count > 0, found is null ? null : VersionOf(found), mode));
    }

    public async Task<TaskView?> GetAsync()
    {
        if (Find(null) is not { } current) return null;
        TaskPackage? package = await packages.GetAsync(key.Tenant, current.Reference.Digest, CancellationToken.None);
        return package is null ? null : TaskViews.Of(current, package, versions) with { Gate = Gate, SourceGone = sources.IsGone(package) };
    }

    /// <summary>Null version means the current one.</summary>
    private TaskVersionRecord? Find(string? version) => versions.FirstOrDefault(v => version is null ? v.Current : v.Reference.Version == version);

    private async Task ReadAsync()
    {
        versions = await store.Tasks.GetVersionsAsync(key.Tenant, key.Name, CancellationToken.None);
        mode = await store.Controls.GetTaskModeAsync(key.Tenant, key.Name, CancellationToken.None);
        SetCircuit(Find(null)?.Execution.Breaker);
    }

    private static TaskVersion VersionOf(TaskVersionRecord record) =>
        new(record.Reference, record.Execution, record.Retry, record.TaskEnabled && record.Enabled) { VersionDisabled = !record.Enabled };
}

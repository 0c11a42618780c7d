using Orleans.Concurrency;
using Ratchet.Storage;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>See <see cref="ITaskGrain"/>. Versions are read once and kept; they only change through this grain.</summary>
public sealed partial class TaskGrain(IStore store, CircuitMetrics metrics, TaskSources sources, TimeProvider time) : Grain, ITaskGrain
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
        TaskVersionRecord? found = version is null ? versions.FirstOrDefault(v => v.Current) : versions.FirstOrDefault(v => v.Package.Version == version);
        return Task.FromResult(new TaskResolution(versions.Count > 0, found is null ? null : VersionOf(found), mode));
    }

    public async Task PutAsync(TaskPackage package)
    {
        if (versions.Any(v => v.Package.Digest == package.Digest)) return;
        await store.Tasks.PutAsync(key.Tenant, package, time.GetUtcNow(), CancellationToken.None);
        await ReadAsync();
    }

    public Task<TaskView?> GetAsync()
    {
        TaskVersionRecord? current = versions.FirstOrDefault(v => v.Current);
        return Task.FromResult(current is null ? null : TaskViews.Of(current, [.. versions.Select(v => v.Package.Version)]) with { Gate = Gate, SourceGone = sources.IsGone(current.Package) });
    }

    private async Task ReadAsync()
    {
        versions = await store.Tasks.GetVersionsAsync(key.Tenant, key.Name, CancellationToken.None);
        mode = await store.Controls.GetTaskModeAsync(key.Tenant, key.Name, CancellationToken.None);
        SetCircuit(versions.FirstOrDefault(v => v.Current)?.Package.Execution.Breaker);
    }

    private static TaskVersion VersionOf(TaskVersionRecord record) =>
        new(record.Package.Reference, record.Package.Execution, record.Package.Retry, record.Enabled);
}

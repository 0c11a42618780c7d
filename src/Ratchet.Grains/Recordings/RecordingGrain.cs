using Orleans.Concurrency;
using Ratchet.Recordings;
using Ratchet.Storage;

namespace Ratchet.Grains.Recordings;

/// <summary>See <see cref="IRecordingGrain"/>.</summary>
[StatelessWorker, Reentrant]
public sealed class RecordingGrain(IStore store) : Grain, IRecordingGrain
{
    public Task<byte[]?> ReadAsync(string tenant, Guid execution, CancellationToken cancel) => store.Recordings.ReadAsync(tenant, execution, cancel);

    public Task<IReadOnlyList<RecordingView>> ListAsync(string tenant, string task, string? outcome, int limit, CancellationToken cancel) =>
        store.Recordings.ListAsync(tenant, task, outcome, Math.Clamp(limit, 1, Limits.ListRows), cancel);
}

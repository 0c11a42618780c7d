using Ratchet.Jobs;

namespace Ratchet.Recordings;

/// <summary>Reads recordings of executions for the gateway. A stateless worker.</summary>
public interface IRecordingGrain : IGrainWithIntegerKey
{
    /// <returns>The document, compressed with Brotli; null when there is none.</returns>
    Task<byte[]?> ReadAsync(string tenant, Guid execution, CancellationToken cancel);

    /// <param name="outcome">COMPLETED, FAILED or LOST; null for all.</param>
    /// <param name="limit">At most <see cref="Limits.ListRows"/>.</param>
    /// <returns>Newest first.</returns>
    Task<IReadOnlyList<RecordingView>> ListAsync(string tenant, string task, string? outcome, int limit, CancellationToken cancel);
}

using Ratchet.Jobs;
using Ratchet.Recordings;

namespace Ratchet.Storage.Recordings;

/// <summary>Recordings of executions, as they were packed.</summary>
public interface IRecordingStore
{
    /// <summary>Keeps them; one that is there already stays as it is.</summary>
    Task SaveAsync(IReadOnlyList<NewRecording> recordings, CancellationToken cancel);

    Task<byte[]?> ReadAsync(string tenant, Guid execution, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    /// <param name="outcome">Null for all.</param>
    Task<IReadOnlyList<RecordingView>> ListAsync(string tenant, string task, string? outcome, int limit, CancellationToken cancel);
}

/// <param name="Content">The document, compressed.</param>
public sealed record NewRecording(
    Guid Execution, JobId Job, string Tenant, DateTimeOffset CreatedAt, int Attempt, string Task, string Version, string Outcome, byte[] Content);

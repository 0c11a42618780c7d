namespace Ratchet.Storage.Bulk;

/// <summary>Bulk operations and how far they are.</summary>
public interface IBulkStore
{
    /// <summary>Writes a new operation, or returns the one that has its idempotency key.</summary>
    Task<BulkRecord> InsertAsync(BulkRecord operation, string? idempotencyKey, CancellationToken cancel);

    Task<BulkRecord?> GetAsync(Guid id, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<BulkRecord>> ListAsync(string tenant, int limit, CancellationToken cancel);

    /// <summary>Writes how far it is; false when it is not RUNNING any more.</summary>
    Task<bool> AdvanceAsync(BulkRecord operation, CancellationToken cancel);

    Task<IReadOnlyList<Guid>> ListRunningAsync(CancellationToken cancel);
}

/// <param name="Arguments">The filter and what goes with the action, as JSON.</param>
/// <param name="State">RUNNING, COMPLETED or CANCELLED.</param>
/// <param name="Cursor">The last job that was looked at.</param>
public sealed record BulkRecord(
    Guid Id,
    string Tenant,
    string Action,
    string Arguments,
    string State,
    Guid? Cursor,
    long Total,
    long Changed,
    long Skipped,
    string Actor,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt);

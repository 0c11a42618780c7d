using Ratchet.Jobs;

namespace Ratchet.Bulk;

/// <summary>One change of all jobs that a filter picks, worked off in batches; goes on after a crash where it was. Key: the operation's id.</summary>
[Alias("ratchet.IBulkGrain")]
public interface IBulkGrain : IGrainWithGuidKey
{
    /// <summary>Begins it: durable when this returns. Repeating with the same idempotency key returns the operation that it led to first.</summary>
    /// <exception cref="RatchetException">The filter or an argument is not valid.</exception>
    [Alias("start")]
    Task<BulkView> StartAsync(string tenant, BulkRequest request);

    /// <summary>Null when the tenant has no such operation.</summary>
    [Alias("get")]
    Task<BulkView?> GetAsync(string tenant);

    /// <summary>Stops it where it is; what was done stays done. Null when the tenant has no such operation.</summary>
    [Alias("cancel")]
    Task<BulkView?> CancelAsync(string tenant);
}

/// <summary>Stateless worker: a tenant's bulk operations, newest first. Key: 0.</summary>
[Alias("ratchet.IBulkDirectoryGrain")]
public interface IBulkDirectoryGrain : IGrainWithIntegerKey
{
    [Alias("list")]
    Task<IReadOnlyList<BulkView>> ListAsync(string tenant, int limit, CancellationToken cancel = default);
}

/// <summary>What to do with the jobs that a filter picks.</summary>
/// <param name="Filter">Its States, Task and Queue count; at least one has to be given.</param>
/// <param name="CreatedBefore">Only jobs created before; the operation's own start when null, so that it ends.</param>
/// <param name="Priority">For reprioritise.</param>
[GenerateSerializer, Immutable, Alias("ratchet.bulk-request")]
public sealed record BulkRequest(
    [property: Id(0)] BulkAction Action,
    [property: Id(1)] JobFilter Filter,
    [property: Id(2)] DateTimeOffset? CreatedBefore,
    [property: Id(3)] JobPriority? Priority,
    [property: Id(4)] string Actor,
    [property: Id(5)] string? IdempotencyKey);

public enum BulkAction
{
    /// <summary>Cancels jobs that are not at an end.</summary>
    Cancel = 0,
    /// <summary>Redrives jobs that did not complete.</summary>
    Retry = 1,
    /// <summary>Gives waiting jobs another priority.</summary>
    Reprioritise = 2,
    /// <summary>Deletes jobs that are at an end.</summary>
    Delete = 3,
}

/// <param name="State">RUNNING, COMPLETED or CANCELLED.</param>
/// <param name="Total">Jobs that the filter picked when it began.</param>
/// <param name="Changed">Jobs that were changed.</param>
/// <param name="Skipped">Jobs that were in a state from which the action does not go.</param>
[GenerateSerializer, Immutable, Alias("ratchet.bulk-view")]
public sealed record BulkView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] BulkAction Action,
    [property: Id(2)] string State,
    [property: Id(3)] long Total,
    [property: Id(4)] long Changed,
    [property: Id(5)] long Skipped,
    [property: Id(6)] string Actor,
    [property: Id(7)] DateTimeOffset CreatedAt,
    [property: Id(8)] DateTimeOffset? FinishedAt);

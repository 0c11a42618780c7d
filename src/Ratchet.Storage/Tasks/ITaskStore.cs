using Ratchet.Preconditions;
using Ratchet.Tasks;

namespace Ratchet.Storage.Tasks;

/// <summary>Task versions as rows, addressed by content digest. What a version is never changes; whether it is in use, and current, may.</summary>
public interface ITaskStore
{
    /// <summary>Stores a version, which becomes the task's current one as <paramref name="rule"/> says. Storing the same content again is harmless.</summary>
    /// <param name="actor">Who brings it, for the history.</param>
    /// <exception cref="TaskConflictException">The tenant has this uuid and version with other content, or the name with another uuid; the message names both sources. Or there are too many versions.</exception>
    Task<StoredTask> StoreAsync(string tenant, TaskPackage package, PromotionRule rule, string actor, DateTimeOffset now, CancellationToken cancel);

    /// <summary>All versions of a task, newest first by SemVer order; empty when the task is unknown.</summary>
    Task<IReadOnlyList<TaskVersionRecord>> GetVersionsAsync(string tenant, string name, CancellationToken cancel);

    Task<TaskPackage?> GetPackageAsync(string tenant, string digest, CancellationToken cancel);

    /// <summary>Makes another version current, with an entry in the history.</summary>
    /// <param name="from">The digest of the version that is current now.</param>
    /// <returns>False when another one is, or when the version to be current is not there or disabled: then nothing has changed.</returns>
    Task<bool> PromoteAsync(string tenant, string name, string from, string to, PromotionKind kind, string actor, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Which versions were current, newest first.</summary>
    Task<IReadOnlyList<TaskPromotion>> GetPromotionsAsync(string tenant, string name, int limit, CancellationToken cancel);

    /// <summary>False when there is no such task.</summary>
    /// <exception cref="PreconditionFailedException">The task is not as <paramref name="only"/> says.</exception>
    Task<bool> SetEnabledAsync(string tenant, string name, bool enabled, Precondition? only, CancellationToken cancel);

    /// <summary>As <see cref="SetEnabledAsync"/>, while it is decided whether the task can be deleted: its revision stays. False when there is no such task, or it is not as <paramref name="only"/> says.</summary>
    Task<bool> HoldAsync(string tenant, string name, bool enabled, Precondition? only, CancellationToken cancel);

    /// <summary>False when there is no such version, or when the current one would be disabled.</summary>
    Task<bool> SetVersionEnabledAsync(string tenant, string name, string digest, bool enabled, CancellationToken cancel);

    /// <summary>Deletes a task with all its versions and its history, unless a job of it is not at an end or it is not as <paramref name="only"/> says. False when it was not deleted, or is not there.</summary>
    Task<bool> DeleteAsync(string tenant, string name, Precondition? only, CancellationToken cancel);

    /// <summary>Deletes a version, unless it is current or a job of it is not at an end. False when it was not deleted, or is not there.</summary>
    Task<bool> DeleteVersionAsync(string tenant, string name, string digest, CancellationToken cancel);

    /// <summary>Every task's current version, by name.</summary>
    Task<IReadOnlyList<CurrentTaskRecord>> ListAsync(string tenant, CancellationToken cancel);
}

/// <summary>A stored version, without its files.</summary>
/// <param name="Current">It runs when a job names no version.</param>
/// <param name="TaskEnabled">Whether the task as a whole takes jobs.</param>
/// <param name="Enabled">Whether this version does.</param>
public sealed record TaskVersionRecord(
    TaskReference Reference, Guid Uuid, string Label, string Description, TaskExecutionOptions Execution, RetryPolicy Retry, string Source, bool Current, bool TaskEnabled, bool Enabled,
    DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>Another one after each change of the task: of its mode, its versions, and which of them is current.</summary>
    public long TaskRevision { get; init; }
}

/// <summary>A task's current version.</summary>
public sealed record CurrentTaskRecord(TaskPackage Package, bool Enabled, DateTimeOffset CreatedAt);

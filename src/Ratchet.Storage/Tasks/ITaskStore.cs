using Ratchet.Tasks;

namespace Ratchet.Storage.Tasks;

/// <summary>Task versions as rows, addressed by content digest. A version once stored never changes.</summary>
public interface ITaskStore
{
    /// <summary>
    /// Stores a version and makes it the task's current one when it is the highest by SemVer order. Storing the same content again is harmless.
    /// </summary>
    /// <exception cref="TaskConflictException">The tenant has this uuid and version with other content, or the name with another uuid; the message names both sources.</exception>
    Task PutAsync(string tenant, TaskPackage package, DateTimeOffset now, CancellationToken cancel);

    /// <summary>All versions of a task, newest first by SemVer order; empty when the task is unknown.</summary>
    Task<IReadOnlyList<TaskVersionRecord>> GetVersionsAsync(string tenant, string name, CancellationToken cancel);

    Task<TaskPackage?> GetPackageAsync(string tenant, string digest, CancellationToken cancel);

    /// <summary>False when there is no such task.</summary>
    Task<bool> SetEnabledAsync(string tenant, string name, bool enabled, CancellationToken cancel);

    /// <summary>Deletes a task with all its versions, unless a job of it is not at an end. False when it was not deleted, or is not there.</summary>
    Task<bool> DeleteAsync(string tenant, string name, CancellationToken cancel);

    /// <summary>Every task's current version, by name.</summary>
    Task<IReadOnlyList<TaskVersionRecord>> ListAsync(string tenant, CancellationToken cancel);
}

/// <summary>A stored version; <paramref name="Current"/> marks the one that runs when a job names no version.</summary>
public sealed record TaskVersionRecord(TaskPackage Package, bool Current, bool Enabled, DateTimeOffset CreatedAt);

/// <summary>The same uuid and version, or the same name, stands for something else already.</summary>
public sealed class TaskConflictException(string message) : RatchetException(message);

using Ratchet.Tasks;

namespace Ratchet.Storage.Tasks;

/// <summary>As much of a stored version as storing another one has to look at.</summary>
internal readonly record struct StoredVersion(string Name, Guid Uuid, string Version, string Digest, string Source)
{
    /// <summary>
    /// The digest of the version that is current once <paramref name="package"/> is stored, or null when it is stored already.
    /// </summary>
    /// <param name="taskUuid">The uuid that the task's name stands for.</param>
    /// <param name="related">The stored versions that share the package's name or uuid.</param>
    /// <exception cref="TaskConflictException">The name stands for another task, or the version for other content.</exception>
    public static string? CurrentWith(TaskPackage package, Guid taskUuid, IReadOnlyList<StoredVersion> related)
    {
        if (taskUuid != package.Uuid)
        {
            string other = related.FirstOrDefault(v => v.Name == package.Name).Source ?? "the store";
            throw new TaskConflictException(
                $"Task name '{package.Name}' of {package.Source} (uuid {package.Uuid}) is taken by another task: {other} (uuid {taskUuid}). "
                + "Rename one of them.");
        }
        foreach (StoredVersion same in related.Where(v => v.Uuid == package.Uuid && v.Version == package.Version))
        {
            if (same.Digest == package.Digest) return null;
            throw new TaskConflictException(
                $"Task '{package.Name}' version {package.Version} of {package.Source} differs from the one stored from {same.Source}. "
                + "A version never changes: give it a new number.");
        }
        return related.Where(v => v.Name == package.Name)
            .Select(v => (v.Version, v.Digest))
            .Append((package.Version, package.Digest))
            .MaxBy(v => v.Version, SemVer.Order).Digest;
    }
}

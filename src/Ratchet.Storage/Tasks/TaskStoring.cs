using Ratchet.Tasks;

namespace Ratchet.Storage.Tasks;

/// <summary>As much of a stored version as storing another one has to look at.</summary>
internal readonly record struct StoredVersion(string Name, Guid Uuid, string Version, string Digest, string Source);

/// <summary>What storing a version comes to, decided within the transaction that has the task's row.</summary>
/// <param name="Version">The version under which it is stored.</param>
/// <param name="Insert">False when the same content is there.</param>
/// <param name="Promote">Whether it becomes current by this.</param>
/// <param name="Current">The digest of the version that is current before.</param>
internal readonly record struct TaskStoring(string Version, bool Insert, bool Promote, string Current)
{
    /// <param name="taskUuid">The uuid that the task's name stands for.</param>
    /// <param name="current">The digest of its current version; the package's own when it is the first.</param>
    /// <param name="related">The stored versions that share the package's name or uuid.</param>
    /// <exception cref="TaskConflictException">The name stands for another task, the version for other content, or there are too many versions.</exception>
    public static TaskStoring Of(TaskPackage package, PromotionRule rule, Guid taskUuid, string current, IReadOnlyList<StoredVersion> related)
    {
        RefuseOtherTask(package, taskUuid, related);
        bool always = rule is PromotionRule.Always or PromotionRule.Follow;
        if (related.FirstOrDefault(v => v.Digest == package.Digest) is { Version: { } known })
            return new TaskStoring(known, Insert: false, Promote: always && current != package.Digest, current);

        StoredVersion[] own = [.. related.Where(v => v.Name == package.Name)];
        string version = package.Version;
        if (related.FirstOrDefault(v => v.Uuid == package.Uuid && v.Version == package.Version) is { Digest: not null } same)
        {
            if (rule != PromotionRule.Follow)
            {
                throw new TaskConflictException(
                    $"Task '{package.Name}' version {package.Version} of {package.Source} differs from the one stored from {same.Source}. "
                    + "A version never changes: give it a new number.");
            }

            version = TaskRevision.Next(package.Version, related.Where(v => v.Uuid == package.Uuid).Select(v => v.Version));
        }

        if (own.Length >= Limits.TaskVersions) throw new TaskConflictException($"Task '{package.Name}' has {own.Length} versions, which is as many as there may be; delete some.");
        string? before = own.FirstOrDefault(v => v.Digest == current).Version;
        bool newer = rule == PromotionRule.IfNewer && SemVer.Order.Compare(version, before) > 0;
        return new TaskStoring(version, Insert: true, Promote: own.Length == 0 || always || newer, current);
    }

    private static void RefuseOtherTask(TaskPackage package, Guid taskUuid, IReadOnlyList<StoredVersion> related)
    {
        if (taskUuid != package.Uuid)
        {
            string other = related.FirstOrDefault(v => v.Name == package.Name).Source ?? "the store";
            throw new TaskConflictException(
                $"Task name '{package.Name}' of {package.Source} (uuid {package.Uuid}) is taken by another task: {other} (uuid {taskUuid}). "
                + "Rename one of them.");
        }

        // The same files under two names: who asks for the second one by its name would find nothing.
        if (related.FirstOrDefault(v => v.Digest == package.Digest && v.Name != package.Name) is { Name: { } name, Source: { } source })
            throw new TaskConflictException($"The task of {package.Source} is called '{name}' already, stored from {source}; it cannot be '{package.Name}' too. Give one of them a uuid of its own.");
    }
}

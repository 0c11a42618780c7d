using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>Versions that come, and which of them is current.</summary>
public sealed partial class TaskGrain
{
    private const string SourceActor = "source";

    public Task PutAsync(TaskPackage package) => StoreAsync(package, PromotionRule.IfNewer, SourceActor);

    public async Task<StoredTask> StoreAsync(TaskPackage package, PromotionRule rule, string actor)
    {
        // Most of what sources bring is there.
        bool asItIs = rule is PromotionRule.IfNewer or PromotionRule.Never;
        if (versions.FirstOrDefault(v => v.Reference.Digest == package.Digest) is { } known && (asItIs || known.Current)) return new StoredTask(known.Reference, Created: false, known.Current);
        StoredTask stored = await store.Tasks.StoreAsync(key.Tenant, package, rule, actor, time.GetUtcNow(), CancellationToken.None);
        await ReadAsync();
        if (stored.Created) changes.Stored(key);
        if (stored.Promoted) changes.Promoted(key, PromotionKind.Stored);
        if (stored.Created && rule == PromotionRule.Follow) await PruneRevisionsAsync(stored.Reference.Version);
        return stored;
    }

    public Task<IReadOnlyList<TaskVersionView>> GetVersionsAsync() => Task.FromResult<IReadOnlyList<TaskVersionView>>([.. versions.Select(TaskViews.Of)]);

    public async Task<TaskVersionDetails?> GetVersionAsync(string? version)
    {
        if (Find(version) is not { } found) return null;
        TaskPackage? package = await packages.GetAsync(key.Tenant, found.Reference.Digest, CancellationToken.None);
        return package is null ? null : new TaskVersionDetails(TaskViews.Of(found), TaskViews.AsStored(package, found));
    }

    public async Task PromoteAsync(string version, string actor)
    {
        TaskVersionRecord wanted = Known(version);
        if (wanted.Current) return;
        if (!wanted.Enabled) throw new TaskVersionStateException(TaskVersionStateException.Disabled, $"Version {version} of task '{key.Name}' is disabled; enable it before it becomes current.");
        await MoveAsync(wanted.Reference, PromotionKind.Promoted, actor);
    }

    public async Task RollBackAsync(string? from, string actor)
    {
        TaskReference current = Find(null)?.Reference ?? throw new UnknownTaskException(key.Name);
        if (from is not null && from != current.Version)
            throw new TaskVersionStateException(TaskVersionStateException.NotCurrent, $"Version {from} of task '{key.Name}' is not current, {current.Version} is; nothing was changed.");
        IReadOnlyList<TaskPromotion> history = await store.Tasks.GetPromotionsAsync(key.Tenant, key.Name, Limits.TaskPromotions, CancellationToken.None);
        string? digest = PromotionHistory.Before(history, current.Digest, d => versions.Any(v => v.Reference.Digest == d && v.Enabled));
        TaskVersionRecord? previous = versions.FirstOrDefault(v => v.Reference.Digest == digest);
        if (previous is null)
            throw new TaskVersionStateException(TaskVersionStateException.NoPrevious, $"No version of task '{key.Name}' was current before {current.Version} that could be again; promote one by its number.");
        await MoveAsync(previous.Reference, PromotionKind.RolledBack, actor);
    }

    public async Task<IReadOnlyList<TaskPromotion>> GetPromotionsAsync(int limit)
    {
        if (versions.Count == 0) throw new UnknownTaskException(key.Name);
        return await store.Tasks.GetPromotionsAsync(key.Tenant, key.Name, Math.Clamp(limit, 1, Limits.TaskPromotions), CancellationToken.None);
    }

    private async Task MoveAsync(TaskReference to, PromotionKind kind, string actor)
    {
        string from = Find(null)!.Reference.Digest;
        bool moved = await store.Tasks.PromoteAsync(key.Tenant, key.Name, from, to.Digest, kind, actor, time.GetUtcNow(), CancellationToken.None);
        await ReadAsync();
        // Orleans may run this grain twice for a moment: the other one was faster.
        if (!moved && Find(null)?.Reference.Digest != to.Digest)
            throw new TaskVersionStateException(TaskVersionStateException.NotCurrent, $"The versions of task '{key.Name}' were changed meanwhile; look, and repeat it.");
        if (moved) changes.Promoted(key, kind);
    }

    /// <summary>The oldest of an author's revisions go, but those that jobs still need.</summary>
    private async Task PruneRevisionsAsync(string version)
    {
        if (TaskRevision.Of(version) is not { } of) return;
        TaskVersionRecord[] old = [.. versions.Where(v => TaskRevision.Of(v.Reference.Version) == of).OrderByDescending(v => v.CreatedAt).Skip(Limits.TaskRevisions)];
        foreach (TaskVersionRecord revision in old) await store.Tasks.DeleteVersionAsync(key.Tenant, key.Name, revision.Reference.Digest, CancellationToken.None);
        if (old.Length > 0) await ReadAsync();
    }

    private TaskVersionRecord Known(string version)
    {
        if (versions.Count == 0) throw new UnknownTaskException(key.Name);
        return Find(version) ?? throw new UnknownTaskVersionException(key.Name, version);
    }
}

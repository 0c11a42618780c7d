using Ratchet.Caching;
using Ratchet.Preconditions;
using Ratchet.Queues;

namespace Ratchet.Tasks;

/// <summary>One task of a tenant: its immutable versions and which of them is current. Key: tenant/name.</summary>
[Alias("ratchet.ITaskGrain")]
public interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>The version that a job would run; null version means the current one.</summary>
    [Alias("resolve"), Orleans.Concurrency.AlwaysInterleave]
    Task<TaskResolution> ResolveAsync(string? version);

    /// <summary>As <see cref="StoreAsync"/> with <see cref="PromotionRule.IfNewer"/>, for a task source.</summary>
    /// <exception cref="TaskConflictException">The same uuid and version, or the name, stands for something else already.</exception>
    [Alias("put")]
    Task PutAsync(TaskPackage package);

    /// <summary>Stores a version, which may become current by that. Storing the same content again is harmless.</summary>
    /// <param name="actor">Who brings it: <c>client</c>, <c>source</c>.</param>
    /// <exception cref="TaskConflictException">The same uuid and version, or the name, stands for something else already, or there are too many versions.</exception>
    [Alias("store")]
    Task<StoredTask> StoreAsync(TaskPackage package, PromotionRule rule, string actor);

    /// <summary>All versions, newest first by SemVer order; empty when the task is unknown.</summary>
    [Alias("versions")]
    Task<IReadOnlyList<TaskVersionView>> GetVersionsAsync();

    /// <summary>A version with its files; null version means the current one. Null when there is none.</summary>
    [Alias("version")]
    Task<TaskVersionDetails?> GetVersionAsync(string? version);

    /// <summary>Makes a version current. When it is already, nothing happens.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="UnknownTaskVersionException">There is no such version.</exception>
    /// <exception cref="TaskVersionStateException">It is disabled.</exception>
    [Alias("promote")]
    Task PromoteAsync(string version, string actor);

    /// <summary>Makes the version current that was so before the current one; those that were deleted or disabled since are passed over.</summary>
    /// <param name="from">The version to give up: when another one is current, nothing happens. It makes repeating the call harmless. Null: whichever is current.</param>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="TaskVersionStateException">Another version is current, or none was before.</exception>
    [Alias("rollback")]
    Task RollBackAsync(string? from, string actor);

    /// <summary>Lets new jobs name a version, or refuses them; durably.</summary>
    /// <exception cref="UnknownTaskVersionException">There is no such version.</exception>
    /// <exception cref="TaskVersionStateException">The current version cannot be disabled.</exception>
    [Alias("enable-version")]
    Task EnableVersionAsync(string version, bool enabled);

    /// <summary>Deletes a version.</summary>
    /// <exception cref="UnknownTaskVersionException">There is no such version.</exception>
    /// <exception cref="TaskVersionStateException">It is the current one.</exception>
    /// <exception cref="TaskInUseException">A job of it is not at an end, or a schedule names it.</exception>
    [Alias("delete-version")]
    Task DeleteVersionAsync(string version);

    /// <summary>Which versions were current, newest first; the last <see cref="Limits.TaskPromotions"/> at most.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    [Alias("promotions")]
    Task<IReadOnlyList<TaskPromotion>> GetPromotionsAsync(int limit);

    /// <summary>A queue has jobs of this task: it is told of changes of the gate from now on, for some minutes; it calls again. Returns the gate as it is.</summary>
    [Alias("subscribe"), Orleans.Concurrency.AlwaysInterleave]
    Task<TaskGate> SubscribeAsync(QueueKey queue);

    /// <summary>Pauses the task's jobs, drains it or lets it go on; durably.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="PreconditionFailedException">The task is not as <paramref name="only"/> says.</exception>
    [Alias("mode")]
    Task SetModeAsync(WorkMode mode, Precondition? only = null);

    /// <summary>Lets jobs of the task be submitted, or refuses them; durably. Those that are there are done all the same.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="PreconditionFailedException">The task is not as <paramref name="only"/> says.</exception>
    [Alias("enable")]
    Task EnableAsync(bool enabled, Precondition? only = null);

    /// <summary>Deletes the task with all its versions. One that is in a task source comes back with the next start.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    /// <exception cref="TaskInUseException">A job of it is not at an end, or a schedule submits it.</exception>
    /// <exception cref="PreconditionFailedException">The task is not as <paramref name="only"/> says.</exception>
    [Alias("delete")]
    Task DeleteAsync(Precondition? only = null);

    /// <summary>Attempts of this task ended so: the circuit breaker counts them.</summary>
    [Alias("outcomes"), Orleans.Concurrency.OneWay]
    Task NoteOutcomesAsync(int succeeded, int failed);

    /// <summary>How the task's result cache does.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    [Alias("cache"), Orleans.Concurrency.AlwaysInterleave]
    Task<CacheView> GetCacheAsync();

    /// <summary>Deletes all results that the task's jobs share, of all versions; attempts that run now leave none either. Returns how many there were.</summary>
    /// <exception cref="UnknownTaskException">There is no such task.</exception>
    [Alias("purge-cache"), Orleans.Concurrency.AlwaysInterleave]
    Task<int> PurgeCacheAsync();

    /// <summary>The task with its versions, newest first; null when it is unknown.</summary>
    [Alias("get")]
    Task<TaskView?> GetAsync();
}

/// <summary>Answer of <see cref="ITaskGrain.ResolveAsync"/>.</summary>
/// <param name="Known">False when the task has no version at all.</param>
/// <param name="Version">Null when the asked-for version does not exist.</param>
[GenerateSerializer, Immutable, Alias("ratchet.task-resolution")]
public sealed record TaskResolution([property: Id(0)] bool Known, [property: Id(1)] TaskVersion? Version, [property: Id(2)] WorkMode Mode = WorkMode.Active);

/// <summary>What dispatch needs of a version; its code stays in the store.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-version")]
public sealed record TaskVersion(
    [property: Id(0)] TaskReference Reference,
    [property: Id(1)] TaskExecutionOptions Execution,
    [property: Id(2)] RetryPolicy Retry,
    [property: Id(3)] bool Enabled)
{
    /// <summary>The version alone is disabled; its task may not be.</summary>
    [Id(4)] public bool VersionDisabled { get; init; }
}

/// <summary>A task as clients see it: the current version's package and what other versions there are.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-view")]
public sealed record TaskView
{
    [Id(0)] public required TaskPackage Current { get; init; }
    [Id(1)] public required bool Enabled { get; init; }
    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(3)] public IReadOnlyList<string> Versions { get; init; } = [];
    [Id(4)] public TaskGate Gate { get; init; } = TaskGate.Open;
    /// <summary>Nothing is where it was loaded from, and no other source has it: it lives on in the store alone.</summary>
    [Id(5)] public bool SourceGone { get; init; }
    /// <summary>Who brought the current version: <c>client</c>, <c>source</c>.</summary>
    [Id(6)] public string CreatedBy { get; init; } = "source";
    /// <summary>Another one after each change of the task: of its mode, its versions, and which of them is current.</summary>
    [Id(7)] public long Revision { get; init; }
}

using Ratchet.Jobs;
using Ratchet.Preconditions;
using Ratchet.Queues;

namespace Ratchet.Limiting;

/// <summary>
/// Keeper of a tenant's limits that reach beyond one queue: concurrency and rates of keys and of tasks. Queues ask before they hand out, in batches, and give back
/// when attempts end. Worker nodes refuse what was granted by an earlier keeper than the one they know, so that two of them never add up. Key: the tenant.
/// </summary>
[Alias("ratchet.ILimiterGrain")]
public interface ILimiterGrain : IGrainWithStringKey
{
    /// <summary>A queue begins anew: <paramref name="holding"/> is all that it has handed out. Returns the rules that concern it.</summary>
    [Alias("join")]
    Task<LimitNotice> JoinAsync(QueueKey queue, [Immutable] IReadOnlyList<LimitHolder> holding);

    /// <summary>Gives back what ended, then asks for what is next. Asking again for what is held is granted again.</summary>
    /// <exception cref="OrleansException">The keeper is not sure yet who holds what; ask again.</exception>
    [Alias("exchange")]
    Task<LimitReply> ExchangeAsync(QueueKey queue, [Immutable] IReadOnlyList<JobId> ended, [Immutable] IReadOnlyList<LimitAsk> asks);

    /// <summary>
    /// Attempts that count against a rate have begun. Until this is told of a grant, or its end, the grant takes a place in the window, however long that is:
    /// from then on it takes it for the window's length. What is told twice, or late, changes nothing.
    /// </summary>
    [Alias("started")]
    Task StartedAsync([Immutable] IReadOnlyList<LimitStart> starts);

    /// <summary>Sets a limit, or changes it. What runs is not ended when it is lowered.</summary>
    /// <exception cref="PreconditionFailedException">The limit is not as <paramref name="only"/> says.</exception>
    [Alias("put")]
    Task PutAsync(LimitRule rule, Precondition? only = null);

    /// <summary>False when there was none.</summary>
    /// <exception cref="PreconditionFailedException">The limit is not as <paramref name="only"/> says.</exception>
    [Alias("delete")]
    Task<bool> DeleteAsync(LimitScope scope, string name, Precondition? only = null);

    [Alias("list"), Orleans.Concurrency.AlwaysInterleave]
    Task<IReadOnlyList<LimitView>> ListAsync();

    /// <summary>
    /// When a job that <paramref name="ahead"/> others with the same keys go before may start, as far as its concurrency and rates go: an estimate, nothing promised.
    /// Null when a key's jobs have held it for an unknown time so far.
    /// </summary>
    [Alias("estimate"), Orleans.Concurrency.AlwaysInterleave]
    Task<DateTimeOffset?> EstimateAsync(QueueKey queue, LimitAsk ask, int ahead);

    /// <summary>Jobs that hold a key, by its whole name (<see cref="LimitKeys"/>).</summary>
    /// <param name="most">Jobs that are named.</param>
    [Alias("holders"), Orleans.Concurrency.AlwaysInterleave]
    Task<IReadOnlyList<JobId>> HoldersAsync(string key, int most);

    /// <summary>One limit, or one key that jobs have brought themselves, with who holds it and which queues wait; null when there is neither.</summary>
    [Alias("get"), Orleans.Concurrency.AlwaysInterleave]
    Task<LimitView?> GetAsync(LimitScope scope, string name);
}

/// <summary>A job that runs, and what of it limits look at.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.limit-holder")]
public sealed record LimitHolder([property: Id(0)] JobId Job, [property: Id(1)] QueueKey Queue, [property: Id(2)] LaneKey Lane);

/// <param name="Concurrency">The job's own limit for its concurrency key.</param>
/// <param name="Rate">The job's own rate for its rate key.</param>
/// <param name="Fence">Token of the attempt that is to start.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-ask")]
public sealed record LimitAsk(
    [property: Id(0)] JobId Job, [property: Id(1)] LaneKey Lane, [property: Id(2)] int? Concurrency, [property: Id(3)] RateLimit? Rate, [property: Id(4)] long Fence);

/// <summary>An attempt that has begun.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.limit-start")]
public readonly record struct LimitStart([property: Id(0)] JobId Job, [property: Id(1)] long Fence);

/// <summary>What a queue has to know of limits, told when it joins and when it changes.</summary>
/// <param name="Tasks">Tasks whose jobs need the keeper's grant, whatever their keys.</param>
/// <param name="Queue">The queue's own limit, which it keeps itself as far as concurrency goes.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-notice")]
public sealed record LimitNotice([property: Id(0)] IReadOnlyList<string> Tasks, [property: Id(1)] LimitRule? Queue);

/// <param name="Epoch">Which keeper granted: goes with the hand-out to the node.</param>
/// <param name="Answers">In the order of the asks.</param>
/// <param name="Room">Keys for which this queue was denied before and that have room again.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-reply")]
public sealed record LimitReply([property: Id(0)] long Epoch, [property: Id(1)] IReadOnlyList<LimitAnswer> Answers, [property: Id(2)] IReadOnlyList<LimitRoom> Room);

/// <param name="Key">The key that stands in the way; null when granted.</param>
/// <param name="RetryAt">For a rate: when there is room again at the earliest.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-answer")]
public readonly record struct LimitAnswer([property: Id(0)] string? Key, [property: Id(1)] DateTimeOffset? RetryAt)
{
    public bool Granted => Key is null;
}

/// <param name="Free">How many more may run; at least 1.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-room")]
public readonly record struct LimitRoom([property: Id(0)] string Key, [property: Id(1)] int Free);

/// <summary>A limit as operators see it.</summary>
/// <param name="Holders">Jobs that count against it now; at most 1,000 are named.</param>
/// <param name="Held">How many there are.</param>
/// <param name="Waiting">Queues that have jobs waiting for it.</param>
/// <param name="Rule">What somebody has set; null for a key that jobs have brought with their own limits.</param>
/// <param name="Started">For a rate: places of the window that are taken, by starts within it and by jobs that are on their way to one.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-view")]
public sealed record LimitView(
    [property: Id(0)] LimitScope Scope,
    [property: Id(1)] string Name,
    [property: Id(2)] LimitRule? Rule,
    [property: Id(3)] IReadOnlyList<JobId> Holders,
    [property: Id(4)] int Held,
    [property: Id(5)] IReadOnlyList<string> Waiting,
    [property: Id(6)] int Started)
{
    /// <summary>The most at once that is in force: the rule's, or what jobs of the key brought last.</summary>
    [Id(7)] public int? Concurrency { get; init; }

    /// <summary>The rate that is in force: the rule's, or what jobs of the key brought last.</summary>
    [Id(8)] public RateLimit? Rate { get; init; }

    /// <summary>For a rate: when a job may start at the earliest; now when the window has room.</summary>
    [Id(9)] public DateTimeOffset? NextStart { get; init; }
}

/// <summary>The names under which limits are counted: kinds of keys do not get into each other's way.</summary>
public static class LimitKeys
{
    public static string Concurrency(string key) => "key " + key;

    /// <summary>Whose result is shared: one attempt at a time makes it.</summary>
    public static string Result(string key) => "result " + key;
    public static bool IsResult(string name) => name.StartsWith(Result(""), StringComparison.Ordinal);
    public static string Rate(string key) => "rate " + key;
    public static string Task(string task) => "task " + task;
    public static string TaskRate(string task) => "task rate " + task;
    public static string QueueRate(string queue) => "queue rate " + queue;
}

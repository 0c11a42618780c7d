using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Grains.Limiting;

/// <summary>The limits that a tenant has set, and what they make of a job.</summary>
internal sealed class LimitRules(IReadOnlyList<LimitRule> rules)
{
    private readonly Dictionary<(LimitScope, string), LimitRule> byName = rules.ToDictionary(r => (r.Scope, r.Name));

    public IReadOnlyCollection<LimitRule> All => byName.Values;

    public IReadOnlyList<string> Tasks => [.. byName.Values.Where(r => r.Scope == LimitScope.Task).Select(r => r.Name).Order(StringComparer.Ordinal)];

    public LimitedNames Names => new(Tasks, Rated(LimitScope.Task), Rated(LimitScope.Queue));

    public LimitRule? Find(LimitScope scope, string name) => byName.GetValueOrDefault((scope, name));

    private IReadOnlyList<string> Rated(LimitScope scope) =>
        [.. byName.Values.Where(r => r.Scope == scope && r.Rate is not null).Select(r => r.Name).Order(StringComparer.Ordinal)];

    public LimitNotice For(QueueKey queue) => new(Tasks, Find(LimitScope.Queue, queue.Name));

    /// <summary>The keys that a job holds while it runs.</summary>
    public IReadOnlyList<string> KeysOf(LaneKey lane)
    {
        bool task = Find(LimitScope.Task, lane.Task) is not null;
        if (lane.Concurrency is null && lane.Cache is null && !task) return [];
        var keys = new List<string>(3);
        if (lane.Cache is { } result) keys.Add(LimitKeys.Result(result));
        if (lane.Concurrency is { } key) keys.Add(LimitKeys.Concurrency(key));
        if (task) keys.Add(LimitKeys.Task(lane.Task));
        return keys;
    }

    public IEnumerable<(string Key, int Limit)> ConcurrencyOf(LimitAsk ask)
    {
        // One attempt at a time makes a result that is shared.
        if (ask.Lane.Cache is { } result) yield return (LimitKeys.Result(result), 1);
        if (ask.Lane.Concurrency is { } key) yield return (LimitKeys.Concurrency(key), Find(LimitScope.Key, key)?.Concurrency ?? ask.Concurrency ?? 1);
        if (Find(LimitScope.Task, ask.Lane.Task)?.Concurrency is { } limit) yield return (LimitKeys.Task(ask.Lane.Task), limit);
    }

    public IEnumerable<(string Key, RateLimit Limit)> RatesOf(LimitAsk ask, QueueKey queue)
    {
        if (ask.Lane.Rate is { } key && (Find(LimitScope.Key, key)?.Rate ?? ask.Rate) is { } rate) yield return (LimitKeys.Rate(key), rate);
        if (Find(LimitScope.Task, ask.Lane.Task)?.Rate is { } taskRate) yield return (LimitKeys.TaskRate(ask.Lane.Task), taskRate);
        if (Find(LimitScope.Queue, queue.Name)?.Rate is { } queueRate) yield return (LimitKeys.QueueRate(queue.Name), queueRate);
    }
}

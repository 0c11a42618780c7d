using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;

namespace Ratchet.Grains.Limiting;

/// <summary>Limits that are set, changed and looked at.</summary>
public sealed partial class LimiterGrain
{
    private const int MostNamed = 1_000;

    public async Task PutAsync(LimitRule rule)
    {
        await store.Controls.PutLimitAsync(Tenant, rule, time.GetUtcNow(), CancellationToken.None);
        await AdoptAsync([.. rules.All.Where(r => (r.Scope, r.Name) != (rule.Scope, rule.Name)), rule]);
    }

    public async Task<bool> DeleteAsync(LimitScope scope, string name)
    {
        bool was = await store.Controls.DeleteLimitAsync(Tenant, scope, name, CancellationToken.None);
        await AdoptAsync([.. rules.All.Where(r => (r.Scope, r.Name) != (scope, name))]);
        return was;
    }

    public Task<IReadOnlyList<LimitView>> ListAsync()
    {
        IEnumerable<(LimitScope Scope, string Name)> own =
            book.Keys.Where(k => k.StartsWith(LimitKeys.Concurrency(""), StringComparison.Ordinal)).Take(MostNamed).Select(k => (LimitScope.Key, k[LimitKeys.Concurrency("").Length..]));
        IReadOnlyList<LimitView> all = [.. rules.All.Select(r => (r.Scope, r.Name)).Union(own).OrderBy(n => n.Scope).ThenBy(n => n.Name, StringComparer.Ordinal).Select(n => View(n.Scope, n.Name))];
        return Task.FromResult(all);
    }

    public Task<LimitView?> GetAsync(LimitScope scope, string name)
    {
        LimitView view = View(scope, name);
        return Task.FromResult(view.Rule is null && view is { Held: 0, Started: 0, Waiting.Count: 0 } ? null : view);
    }

    private async Task AdoptAsync(IReadOnlyList<LimitRule> changed)
    {
        IReadOnlyList<string> tasksBefore = rules.Tasks;
        rules = new LimitRules(changed);
        // Jobs of a task that had no limit hold nothing yet: the nodes tell which of them run, and take no more without a grant.
        if (!tasksBefore.SequenceEqual(rules.Tasks)) await TakeOverAsync();
        foreach (LimitRule rule in changed.Where(r => r is { Concurrency: not null, Scope: not LimitScope.Queue })) book.SetLimit(KeyOf(rule.Scope, rule.Name), rule.Concurrency!.Value);
        foreach (QueueKey queue in queues) _ = GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).LimitsChangedAsync(rules.For(queue));
    }

    private LimitView View(LimitScope scope, string name)
    {
        string key = KeyOf(scope, name);
        LimitRule? rule = rules.Find(scope, name);
        IReadOnlyCollection<JobId> jobs = book.JobsOf(key);
        string rateKey = scope switch
        {
            LimitScope.Task => LimitKeys.TaskRate(name),
            LimitScope.Queue => LimitKeys.QueueRate(name),
            _ => LimitKeys.Rate(name),
        };
        int started = rates.Started(rateKey, rule?.Rate ?? new RateLimit(1, TimeSpan.FromDays(1)), time.GetUtcNow());
        return new LimitView(scope, name, rule, [.. jobs.Take(MostNamed)], jobs.Count, [.. book.WaitingFor(key).Select(q => q.Name)], started);
    }

    private static string KeyOf(LimitScope scope, string name) => scope == LimitScope.Task ? LimitKeys.Task(name) : LimitKeys.Concurrency(name);
}

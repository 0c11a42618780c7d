using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Preconditions;
using Ratchet.Queues;

namespace Ratchet.Grains.Limiting;

/// <summary>Limits that are set, changed and looked at.</summary>
public sealed partial class LimiterGrain
{
    private const int MostNamed = 1_000;

    public async Task PutAsync(LimitRule rule, Precondition? only)
    {
        long revision = await ChangeAsync(() => store.Controls.PutLimitAsync(Tenant, rule, only, time.GetUtcNow(), CancellationToken.None));
        await AdoptAsync([.. rules.All.Where(r => (r.Scope, r.Name) != (rule.Scope, rule.Name)), rule with { Revision = revision }]);
    }

    public async Task<bool> DeleteAsync(LimitScope scope, string name, Precondition? only)
    {
        bool was = await ChangeAsync(() => store.Controls.DeleteLimitAsync(Tenant, scope, name, only, CancellationToken.None));
        await AdoptAsync([.. rules.All.Where(r => (r.Scope, r.Name) != (scope, name))]);
        return was;
    }

    /// <summary>Another keeper may have been faster: whoever is refused for that is to find what there is now.</summary>
    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (PreconditionFailedException)
        {
            await AdoptAsync(await store.Controls.GetLimitsAsync(Tenant, CancellationToken.None));
            throw;
        }
    }

    public async Task<IReadOnlyList<LimitView>> ListAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<string> held = Named(book.Keys, LimitKeys.Concurrency(""));
        IEnumerable<string> rated = Named(rates.Keys.Where(k => !rates.Find(k)!.IsIdleAt(now)), LimitKeys.Rate(""));
        // Before the first wait: what is in memory changes meanwhile.
        (LimitScope Scope, string Name)[] names =
            [.. rules.All.Select(r => (r.Scope, r.Name)).Union(held.Concat(rated).Select(k => (LimitScope.Key, k))).OrderBy(n => n.Item1).ThenBy(n => n.Item2, StringComparer.Ordinal)];
        LimitView[] views = await Task.WhenAll(names.Select(n => ViewAsync(n.Scope, n.Name)));
        return [.. views.Where(v => !IsNothing(v))];
    }

    public async Task<LimitView?> GetAsync(LimitScope scope, string name)
    {
        // Whoever asks for a queue without a limit need not wake it.
        if (scope == LimitScope.Queue && rules.Find(scope, name) is null) return null;
        LimitView view = await ViewAsync(scope, name);
        return IsNothing(view) ? null : view;
    }

    /// <summary>Of a limit that was deleted, or a rate whose window is empty again, what is remembered a while is nobody's business.</summary>
    private static bool IsNothing(LimitView view) => view is { Rule: null, Held: 0, Started: 0, Waiting.Count: 0 };

    public Task<IReadOnlyList<JobId>> HoldersAsync(string key, int most) => Task.FromResult<IReadOnlyList<JobId>>([.. book.JobsOf(key).Take(most)]);

    public Task<DateTimeOffset?> EstimateAsync(QueueKey queue, LimitAsk ask, int ahead)
    {
        DateTimeOffset now = time.GetUtcNow(), latest = now;
        foreach ((string key, RateLimit limit) in rules.RatesOf(ask, queue))
        {
            DateTimeOffset at = rates.Find(key)?.StartOf(limit, now, ahead) ?? now + (limit.Window * (ahead / limit.Count));
            if (at > latest) latest = at;
        }

        foreach ((string key, int limit) in rules.ConcurrencyOf(ask))
        {
            if (book.StartOf(key, limit, now, ahead) is not { } at) return Task.FromResult<DateTimeOffset?>(null);
            if (at > latest) latest = at;
        }

        return Task.FromResult<DateTimeOffset?>(latest);
    }

    /// <summary>What follows a prefix in the keys that have it.</summary>
    private static IEnumerable<string> Named(IEnumerable<string> keys, string prefix) =>
        keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Take(MostNamed).Select(k => k[prefix.Length..]);

    private async Task AdoptAsync(IReadOnlyList<LimitRule> changed)
    {
        LimitedNames before = rules.Names;
        rules = new LimitRules(changed);
        // Jobs of a task that had no limit hold nothing yet: the nodes tell which of them run, and take no more without a grant. The same for the rate of a queue.
        if (!before.Same(rules.Names)) await TakeOverAsync();
        foreach (LimitRule rule in changed.Where(r => r is { Concurrency: not null, Scope: not LimitScope.Queue })) book.SetLimit(KeyOf(rule.Scope, rule.Name), rule.Concurrency!.Value);
        foreach (QueueKey queue in queues) _ = GrainFactory.GetGrain<IQueueGrain>(queue.GrainKey).LimitsChangedAsync(rules.For(queue));
    }

    private async Task<LimitView> ViewAsync(LimitScope scope, string name)
    {
        LimitView view = ViewOf(scope, name);
        if (scope != LimitScope.Queue) return view;
        // A queue hands out its jobs alone, and knows best what it has out.
        QueueUse use = await GrainFactory.GetGrain<IQueueGrain>(new QueueKey(Tenant, name).GrainKey).UseAsync(MostNamed);
        IReadOnlyList<string> waiting = use.WaitsForLimit && !view.Waiting.Contains(name) ? [.. view.Waiting, name] : view.Waiting;
        return view with { Holders = use.Jobs, Held = use.Count, Waiting = waiting };
    }

    private LimitView ViewOf(LimitScope scope, string name)
    {
        DateTimeOffset now = time.GetUtcNow();
        string key = KeyOf(scope, name);
        LimitRule? rule = rules.Find(scope, name);
        Rate? rate = rates.Find(RateKeyOf(scope, name));
        RateLimit? inForce = rule?.Rate ?? (scope == LimitScope.Key ? rate?.Limit : null);
        IReadOnlyCollection<JobId> jobs = scope == LimitScope.Queue ? [] : book.JobsOf(key);
        IEnumerable<QueueKey> waiting = scope == LimitScope.Queue ? [] : book.WaitingFor(key);
        return new LimitView(
            scope, name, rule, [.. jobs.Take(MostNamed)], jobs.Count, [.. waiting.Union(rate?.Waiting(now) ?? []).Select(q => q.Name)], inForce is null ? 0 : rate?.Used(inForce, now) ?? 0)
        {
            Concurrency = rule?.Concurrency ?? (scope == LimitScope.Key ? book.LimitOf(key) : null),
            Rate = inForce,
            NextStart = inForce is null ? null : rate?.StartOf(inForce, now, 0) ?? now,
        };
    }

    private static string KeyOf(LimitScope scope, string name) => scope == LimitScope.Task ? LimitKeys.Task(name) : LimitKeys.Concurrency(name);

    private static string RateKeyOf(LimitScope scope, string name) => scope switch
    {
        LimitScope.Task => LimitKeys.TaskRate(name),
        LimitScope.Queue => LimitKeys.QueueRate(name),
        _ => LimitKeys.Rate(name),
    };
}

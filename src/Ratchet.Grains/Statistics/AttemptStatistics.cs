using System.Collections.Concurrent;
using Ratchet.Execution.Nodes;
using Ratchet.Statistics;

namespace Ratchet.Grains.Statistics;

/// <summary>What this node remembers of how attempts went, a tenant each.</summary>
public sealed class AttemptStatistics(TimeProvider time)
{
    /// <summary>Tenants that are told apart; the attempts of further ones are not counted.</summary>
    private const int MostTenants = 200;

    private readonly ConcurrentDictionary<string, AttemptWindow> tenants = new(StringComparer.Ordinal);
    private readonly DateTimeOffset started = time.GetUtcNow();

    /// <summary>A run that has ended.</summary>
    public void Ended(NodeRun run)
    {
        if (run.HandedBack || run.Outcome is not { } outcome) return;
        if (!tenants.TryGetValue(run.Queue.Tenant, out AttemptWindow? window))
        {
            if (tenants.Count >= MostTenants) return;
            window = tenants.GetOrAdd(run.Queue.Tenant, static _ => new AttemptWindow());
        }

        window.Add(outcome.FinishedAt, outcome.Failure?.Kind, outcome.StartedAt - run.Job.ReadyAt, outcome.FinishedAt - outcome.StartedAt);
    }

    public NodeStatistics Read(string tenant, TimeSpan window) => (tenants.GetValueOrDefault(tenant) ?? new AttemptWindow()).Read(time.GetUtcNow(), window, started);
}

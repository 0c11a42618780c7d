using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Ratchet.Storage;
using Ratchet.Storage.Caching;

namespace Ratchet.Execution.Caching;

/// <summary>
/// Counts hits and misses of this silo: into its metrics, and in the store, behind. One statement is under way at most, with all that came during the one before; a
/// silo that dies loses what it had not written.
/// </summary>
public sealed class CacheCounts : IDisposable
{
    public const string MeterName = "Ratchet.Cache";

    /// <summary>Tasks of which something is kept while the store is away; then nothing new is.</summary>
    private const int MostTasks = 10_000;

    private readonly IStore store;
    private readonly ILogger<CacheCounts> logger;
    private readonly Counter<long> hits;
    private readonly Counter<long> misses;
    private readonly Lock gate = new();
    private Dictionary<(string Tenant, string Task), (long Hits, long Misses)> counted = [];
    private Task writing = Task.CompletedTask;

    public CacheCounts(IStore store, ILogger<CacheCounts> logger)
    {
        (this.store, this.logger) = (store, logger);
        hits = Meter.CreateCounter<long>("ratchet.cache.hits", "{job}", "Jobs that were given the result of an equal one.");
        misses = Meter.CreateCounter<long>("ratchet.cache.misses", "{attempt}", "Attempts of tasks with a cache that were made because it had no result.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Hit(string tenant, string task, int jobs = 1)
    {
        hits.Add(jobs);
        Note(tenant, task, jobs, 0);
    }

    public void Miss(string tenant, string task)
    {
        misses.Add(1);
        Note(tenant, task, 0, 1);
    }

    /// <summary>Completes when all that was counted before is written, or was tried to be.</summary>
    public Task FlushAsync()
    {
        lock (gate) return writing;
    }

    public void Dispose() => Meter.Dispose();

    private void Note(string tenant, string task, long hit, long miss)
    {
        lock (gate)
        {
            if (counted.Count >= MostTasks && !counted.ContainsKey((tenant, task))) return;
            (long Hits, long Misses) before = counted.GetValueOrDefault((tenant, task));
            counted[(tenant, task)] = (before.Hits + hit, before.Misses + miss);
            if (writing.IsCompleted) writing = Task.Run(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            CacheCount[] taken;
            lock (gate)
            {
                if (counted.Count == 0)
                {
                    writing = Task.CompletedTask;
                    return;
                }

                // In one order everywhere, so that two silos do not wait for each other's rows.
                taken = [.. counted.OrderBy(c => c.Key.Tenant, StringComparer.Ordinal).ThenBy(c => c.Key.Task, StringComparer.Ordinal).Select(c => new CacheCount(c.Key.Tenant, c.Key.Task, c.Value.Hits, c.Value.Misses))];
                counted = [];
            }

            try
            {
                await store.Cache.CountAsync(taken, CancellationToken.None);
            }
#pragma warning disable CA1031 // Figures only: they are said to be lost, and nothing else depends on them.
            catch (Exception e)
#pragma warning restore CA1031
            {
                CacheLog.NotCounted(logger, taken.Sum(c => c.Hits), taken.Sum(c => c.Misses), e.Message);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ratchet.Limiting;

namespace Ratchet.Grains.Limiting;

/// <summary>Instruments of the keepers of limits of a silo, under the meter <see cref="MeterName"/>. Counted an exchange at a time.</summary>
public sealed class LimitMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Limits";
    private static readonly string TaskPrefix = LimitKeys.Task("");
    private readonly ConcurrentDictionary<string, (int Holders, int Keys)> tenants = new();
    private readonly Counter<long> asks;
    private readonly Counter<long> denials;

    public LimitMetrics()
    {
        asks = Meter.CreateCounter<long>("ratchet.limit.asks", "{ask}", "Times that a queue asked whether a job may start.");
        denials = Meter.CreateCounter<long>("ratchet.limit.denials", "{ask}", "Asks that were denied, by the kind of limit.");
        Meter.CreateObservableUpDownCounter("ratchet.limit.holders", () => Each(t => t.Holders), "{job}", "Jobs that count against a concurrency limit.");
        Meter.CreateObservableUpDownCounter("ratchet.limit.keys", () => Each(t => t.Keys), "{key}", "Concurrency keys that are held or waited for.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Answered(IReadOnlyList<LimitAnswer> answers)
    {
        if (answers.Count == 0 || !asks.Enabled) return;
        int key = 0, task = 0, rate = 0, result = 0;
        foreach (LimitAnswer answer in answers)
        {
            if (answer.Granted) continue;
            if (answer.RetryAt is not null) rate++;
            else if (LimitKeys.IsResult(answer.Key!)) result++;
            else if (answer.Key!.StartsWith(TaskPrefix, StringComparison.Ordinal)) task++;
            else key++;
        }

        asks.Add(answers.Count);
        Denied(key, "KEY_LIMIT");
        Denied(task, "TASK_LIMIT");
        Denied(rate, "RATE_LIMIT");
        Denied(result, "CACHED_RESULT");
    }

    internal void Stands(string tenant, LimitBook book) => tenants[tenant] = (book.HolderCount, book.KeyCount);

    internal void Gone(string tenant) => tenants.TryRemove(tenant, out _);

    private void Denied(int count, string cause)
    {
        if (count > 0) denials.Add(count, new KeyValuePair<string, object?>("cause", cause));
    }

    private IEnumerable<Measurement<long>> Each(Func<(int Holders, int Keys), long> value) =>
        tenants.Select(t => new Measurement<long>(value(t.Value), new KeyValuePair<string, object?>("tenant", t.Key)));
}

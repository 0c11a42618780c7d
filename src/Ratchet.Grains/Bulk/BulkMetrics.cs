using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ratchet.Storage.Bulk;

namespace Ratchet.Grains.Bulk;

/// <summary>Instruments of the bulk operations of a silo, under the meter <see cref="MeterName"/>. Counted a page at a time.</summary>
public sealed class BulkMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Bulk";
    private readonly ConcurrentDictionary<Guid, byte> running = new();
    private readonly Counter<long> jobs;

    public BulkMetrics()
    {
        jobs = Meter.CreateCounter<long>("ratchet.bulk.jobs", "{job}", "Jobs that bulk operations have come to, by action and by whether they were changed.");
        Meter.CreateObservableUpDownCounter("ratchet.bulk.running", () => running.Count, "{operation}", "Bulk operations that are under way.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Began(Guid operation) => running[operation] = 0;

    internal void Over(Guid operation) => running.TryRemove(operation, out _);

    internal void Page(BulkRecord operation, int changed, int skipped)
    {
        Add(operation, "CHANGED", changed);
        Add(operation, "SKIPPED", skipped);
    }

    private void Add(BulkRecord operation, string outcome, int count)
    {
        if (count > 0) jobs.Add(count, new KeyValuePair<string, object?>("action", operation.Action.ToUpperInvariant()), new KeyValuePair<string, object?>("outcome", outcome));
    }
}

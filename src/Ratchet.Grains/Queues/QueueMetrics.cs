using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>Instruments of the queues of a silo, under the meter <see cref="MeterName"/>. Counted a batch at a time.</summary>
public sealed class QueueMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Queues";
    private readonly ConcurrentDictionary<QueueGauges, byte> queues = new();
    private readonly TimeProvider time;
    private readonly Counter<long> handedOut;
    private readonly Counter<long> settled;

    public QueueMetrics(TimeProvider time)
    {
        this.time = time;
        handedOut = Meter.CreateCounter<long>("ratchet.queue.handouts", "{job}", "Jobs that were handed out to nodes.");
        settled = Meter.CreateCounter<long>("ratchet.queue.settled", "{job}", "Jobs of which a node has said that their attempt ended.");
        Meter.CreateObservableUpDownCounter("ratchet.queue.ready", () => Each(g => g.Ready), "{job}", "Ready jobs that wait in memory.");
        Meter.CreateObservableUpDownCounter("ratchet.queue.in_flight", () => Each(g => g.InFlight), "{job}", "Jobs that were handed out and are not settled.");
        Meter.CreateObservableGauge("ratchet.queue.oldest.age", Ages, "s", "How long the oldest job that waits in memory has been ready.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public QueueGauges Add(QueueKey queue)
    {
        var gauges = new QueueGauges(queue);
        queues[gauges] = 0;
        return gauges;
    }

    public void Remove(QueueGauges gauges) => queues.TryRemove(gauges, out _);

    public void HandedOut(QueueGauges queue, int jobs) => handedOut.Add(jobs, queue.Tags);

    public void Settled(QueueGauges queue, int jobs) => settled.Add(jobs, queue.Tags);

    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<long>> Each(Func<QueueGauges, long> value) => queues.Keys.Select(g => new Measurement<long>(value(g), g.Tags));

    private IEnumerable<Measurement<double>> Ages()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (QueueGauges gauges in queues.Keys)
        {
            if (gauges.Oldest is { } oldest) yield return new Measurement<double>(Math.Max(0, (now - oldest).TotalSeconds), gauges.Tags);
        }
    }
}

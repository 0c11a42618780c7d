using System.Diagnostics.Metrics;

namespace Ratchet.Bench.Engine;

/// <summary>Jobs that have ended in this process, by its metrics: to count a million rows would cost a quarter of a second each time.</summary>
internal sealed class EndCounter : IDisposable
{
    private readonly MeterListener listener = new();
    private long count;

    public EndCounter()
    {
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: "ratchet.job.ends", Meter.Name: "Ratchet.Jobs" }) listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, ended, _, _) => Interlocked.Add(ref count, ended));
        listener.Start();
    }

    public long Count => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();
}

using System.Diagnostics.Metrics;

namespace Ratchet.Gateway.Events;

/// <summary>What a gateway's follower of events does, and for how many.</summary>
public sealed class EventMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Events";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> read;
    private readonly Counter<long> dropped;
    private readonly Histogram<double> lag;
    private int followers;

    public EventMetrics()
    {
        read = meter.CreateCounter<long>("ratchet.events.read", "{event}", "Events that the gateway has read for those who follow.");
        dropped = meter.CreateCounter<long>("ratchet.events.followers_dropped", "{follower}", "Followers that were let go because they were too slow.");
        lag = meter.CreateHistogram<double>("ratchet.events.lag", "s", "From an event to its reading by the gateway: of the oldest of each batch.");
        meter.CreateObservableGauge("ratchet.events.followers", () => followers, "{follower}", "Those who follow events now.");
    }

    public void Dispose() => meter.Dispose();

    internal Meter Meter => meter;

    internal void Read(int count, TimeSpan behind)
    {
        read.Add(count);
        lag.Record(Math.Max(0, behind.TotalSeconds));
    }

    internal void Dropped() => dropped.Add(1);

    internal void Followers(int now) => followers = now;
}

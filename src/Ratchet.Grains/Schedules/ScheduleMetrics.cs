using System.Diagnostics.Metrics;
using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>Instruments of the schedules of a silo, under the meter <see cref="MeterName"/>.</summary>
public sealed class ScheduleMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Schedules";
    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> fires;
    private readonly Histogram<double> lateness;

    public ScheduleMetrics()
    {
        fires = meter.CreateCounter<long>("ratchet.schedule.fires", "{fire}", "Instants that were decided, by outcome and by what made them.");
        lateness = meter.CreateHistogram<double>("ratchet.schedule.lateness", "s", "From a schedule's instant until its job was in the store.");
    }

    public void Decided(FireKind kind, FireState state, long count = 1) =>
        fires.Add(count, new KeyValuePair<string, object?>("outcome", state.Name()), new KeyValuePair<string, object?>("kind", kind.Name()));

    public void Late(TimeSpan by) => lateness.Record(by.TotalSeconds);

    public void Dispose() => meter.Dispose();
}

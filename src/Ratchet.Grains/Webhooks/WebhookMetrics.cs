using System.Diagnostics.Metrics;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>Instruments of the webhooks of a silo, under the meter <see cref="MeterName"/>. No attribute names a webhook: tenants choose the names.</summary>
public sealed class WebhookMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Webhooks";
    private readonly Counter<long> deliveries;
    private readonly Counter<long> attempts;
    private readonly Counter<long> ends;
    private readonly Counter<long> disabled;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> lag;
    private int under;

    public WebhookMetrics()
    {
        deliveries = Meter.CreateCounter<long>("ratchet.webhook.deliveries", "{delivery}", "Deliveries that were made of events.");
        attempts = Meter.CreateCounter<long>("ratchet.webhook.attempts", "{attempt}", "Attempts that ended, by outcome.");
        ends = Meter.CreateCounter<long>("ratchet.webhook.ends", "{delivery}", "Deliveries that came to an end, by state.");
        disabled = Meter.CreateCounter<long>("ratchet.webhook.disabled", "{webhook}", "Webhooks that the server disabled by itself, by cause.");
        duration = Meter.CreateHistogram<double>("ratchet.webhook.attempt.duration", "s", "From an attempt's start to the end of its answer, or to its failure.");
        lag = Meter.CreateHistogram<double>("ratchet.webhook.lag", "s", "From an event until it was a delivery.");
        Meter.CreateObservableUpDownCounter("ratchet.webhook.under_way", () => Volatile.Read(ref under), "{attempt}", "Attempts that are under way or wait for room.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Made(int count, TimeSpan oldest)
    {
        deliveries.Add(count);
        lag.Record(Math.Max(0, oldest.TotalSeconds));
    }

    public void Began() => Interlocked.Increment(ref under);

    public void LeftOff() => Interlocked.Decrement(ref under);

    /// <param name="status">Null when there was no answer.</param>
    public void Attempted(bool accepted, int? status, TimeSpan took)
    {
        attempts.Add(1, new KeyValuePair<string, object?>("outcome", accepted ? "ACCEPTED" : status is null ? "NO_ANSWER" : "REFUSED"));
        duration.Record(took.TotalSeconds);
    }

    public void Ended(DeliveryState state) => ends.Add(1, new KeyValuePair<string, object?>("state", state.Name()));

    public void Disabled(string cause) => disabled.Add(1, new KeyValuePair<string, object?>("cause", cause));

    public void Dispose() => Meter.Dispose();
}

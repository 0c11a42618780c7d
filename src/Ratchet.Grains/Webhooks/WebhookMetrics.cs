using System.Collections.Concurrent;
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
    private readonly Counter<long> retries;
    private readonly Counter<long> resends;
    private readonly Counter<long> disabled;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> lag;
    private readonly ConcurrentDictionary<string, (long Count, DateTimeOffset? Oldest)> waiting = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private int under;

    public WebhookMetrics(TimeProvider time)
    {
        this.time = time;
        deliveries = Meter.CreateCounter<long>("ratchet.webhook.deliveries", "{delivery}", "Deliveries that were made of events.");
        attempts = Meter.CreateCounter<long>("ratchet.webhook.attempts", "{attempt}", "Attempts that ended, by outcome.");
        ends = Meter.CreateCounter<long>("ratchet.webhook.ends", "{delivery}", "Deliveries that came to an end, by state.");
        retries = Meter.CreateCounter<long>("ratchet.webhook.retries", "{delivery}", "Attempts that failed and that another follows.");
        resends = Meter.CreateCounter<long>("ratchet.webhook.resends", "{delivery}", "Deliveries that somebody has sent again.");
        disabled = Meter.CreateCounter<long>("ratchet.webhook.disabled", "{webhook}", "Webhooks that the server disabled by itself, by cause.");
        duration = Meter.CreateHistogram<double>("ratchet.webhook.attempt.duration", "s", "From an attempt's start to the end of its answer, or to its failure.");
        lag = Meter.CreateHistogram<double>("ratchet.webhook.lag", "s", "From an event until it was a delivery.");
        Meter.CreateObservableUpDownCounter("ratchet.webhook.under_way", () => Volatile.Read(ref under), "{attempt}", "Attempts that are under way or wait for room.");
        Meter.CreateObservableUpDownCounter("ratchet.webhook.pending", () => waiting.Values.Sum(w => w.Count), "{delivery}", "Deliveries that wait for a first or another attempt, as of the last look, once a minute.");
        Meter.CreateObservableGauge("ratchet.webhook.oldest", Oldest, "s", "Age of the oldest delivery that waits; 0 when none does.");
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

    public void Retrying() => retries.Add(1);

    public void Resent(int count) => resends.Add(count);

    /// <summary>What waits for a tenant's enabled webhooks.</summary>
    public void Waiting(string tenant, long count, DateTimeOffset? oldest) => waiting[tenant] = (count, oldest);

    /// <summary>Another silo looks after the tenant from now on.</summary>
    public void Gone(string tenant) => waiting.TryRemove(tenant, out _);

    public void Disabled(string cause) => disabled.Add(1, new KeyValuePair<string, object?>("cause", cause));

    public void Dispose() => Meter.Dispose();

    private double Oldest()
    {
        DateTimeOffset now = time.GetUtcNow();
        return Math.Max(0, waiting.Values.Select(w => w.Oldest is { } oldest ? (now - oldest).TotalSeconds : 0).DefaultIfEmpty(0).Max());
    }
}

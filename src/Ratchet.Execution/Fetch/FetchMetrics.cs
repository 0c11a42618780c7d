using System.Diagnostics.Metrics;

namespace Ratchet.Execution.Fetch;

/// <summary>The meter of a node's requests for scripts. No attribute holds a host: scripts choose these.</summary>
public sealed class FetchMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Fetch";
    private readonly Counter<long> requests;
    private readonly Counter<long> retries;
    private readonly Counter<long> bytes;
    private readonly Histogram<double> seconds;
    private int under;

    public FetchMetrics()
    {
        requests = Meter.CreateCounter<long>("ratchet.fetch.requests", "{request}", "Requests of scripts that ended, by outcome.");
        retries = Meter.CreateCounter<long>("ratchet.fetch.retries", "{request}", "Requests that were made again.");
        bytes = Meter.CreateCounter<long>("ratchet.fetch.received", "By", "Bodies of answers, after decompression.");
        seconds = Meter.CreateHistogram<double>("ratchet.fetch.duration", "s", "From the call to the last byte of its answer.");
        Meter.CreateObservableUpDownCounter("ratchet.fetch.under_way", () => Volatile.Read(ref under), "{request}", "Requests that are under way or wait for room.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Began() => Interlocked.Increment(ref under);

    internal void Ended(string outcome, TimeSpan took, int received)
    {
        Interlocked.Decrement(ref under);
        requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        seconds.Record(took.TotalSeconds);
        bytes.Add(received);
    }

    internal void Retried() => retries.Add(1);
}

using System.Diagnostics.Metrics;

namespace Ratchet.Storage.Journal;

/// <summary>Instruments of one journal, under the meter <see cref="MeterName"/>.</summary>
internal sealed class JournalMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Journal";
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> duration;

    internal Meter Meter { get; } = new(MeterName);

    /// <param name="backlog">Answers the number of writes that wait.</param>
    public JournalMetrics(Func<long> backlog)
    {
        batchSize = Meter.CreateHistogram<int>("ratchet.journal.batch.size", "{write}", "Writes in one transaction.");
        duration = Meter.CreateHistogram<double>("ratchet.journal.write.duration", "s", "Time of one transaction, from its first statement to its commit.");
        Meter.CreateObservableGauge("ratchet.journal.backlog", backlog, "{write}", "Writes that wait for a transaction.");
    }

    public void Written(int writes, TimeSpan elapsed)
    {
        batchSize.Record(writes);
        duration.Record(elapsed.TotalSeconds);
    }

    public void Dispose() => Meter.Dispose();
}

using System.Diagnostics.Metrics;

namespace Ratchet.Grains.Jobs;

/// <summary>Instruments of logs that are followed, under the meter <see cref="MeterName"/>.</summary>
public sealed class LogMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Logs";
    private readonly UpDownCounter<long> followers;
    private readonly Counter<long> lines;

    public LogMetrics()
    {
        followers = Meter.CreateUpDownCounter<long>("ratchet.logs.followers", "{reader}", "Readers that follow the log of a job.");
        lines = Meter.CreateCounter<long>("ratchet.logs.lines", "{line}", "Log lines that were handed to readers who follow.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Began() => followers.Add(1);

    internal void Ended() => followers.Add(-1);

    internal void HandedOn(int count) => lines.Add(count);
}

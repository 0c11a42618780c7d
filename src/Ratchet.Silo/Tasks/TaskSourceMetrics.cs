using System.Diagnostics.Metrics;

namespace Ratchet.Silo.Tasks;

/// <summary>Instruments of a silo's task sources, under the meter <see cref="MeterName"/>.</summary>
public sealed class TaskSourceMetrics : IDisposable
{
    public const string MeterName = "Ratchet.TaskSources";
    private readonly Counter<long> looks;
    private int failing;
    private int broken;

    public TaskSourceMetrics()
    {
        looks = Meter.CreateCounter<long>("ratchet.task.source.looks", "{look}", "Times that a source was looked at, by what came of it.");
        Meter.CreateObservableUpDownCounter("ratchet.task.source.failing", () => Volatile.Read(ref failing), "{source}", "Sources that cannot be read now.");
        Meter.CreateObservableUpDownCounter("ratchet.task.source.broken", () => Volatile.Read(ref broken), "{task}", "Tasks in the sources that have something wrong with them.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Looked(string outcome) => looks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void State(int failingSources, int brokenTasks)
    {
        Volatile.Write(ref failing, failingSources);
        Volatile.Write(ref broken, brokenTasks);
    }
}

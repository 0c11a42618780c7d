using System.Diagnostics.Metrics;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>Instruments of the versions of tasks, under the meter <see cref="MeterName"/>.</summary>
public sealed class TaskMetrics : IDisposable
{
    public const string MeterName = "Ratchet.Tasks";
    private readonly Counter<long> stored;
    private readonly Counter<long> promotions;
    private readonly Counter<long> uploads;

    public TaskMetrics()
    {
        stored = Meter.CreateCounter<long>("ratchet.task.versions.stored", "{version}", "Versions that were stored, by task.");
        promotions = Meter.CreateCounter<long>("ratchet.task.promotions", "{promotion}", "Versions that became current, by task and by how.");
        uploads = Meter.CreateCounter<long>("ratchet.task.uploads", "{upload}", "Zips that were sent, by what became of them.");
    }

    internal Meter Meter { get; } = new(MeterName);

    public void Dispose() => Meter.Dispose();

    internal void Stored(TaskKey task) => stored.Add(1, new KeyValuePair<string, object?>("task", task.Name));

    internal void Promoted(TaskKey task, PromotionKind kind) => promotions.Add(1, new KeyValuePair<string, object?>("task", task.Name), new KeyValuePair<string, object?>("kind", kind.Name()));

    internal void Uploaded(string outcome) => uploads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}

using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>What the queue says of itself to those who collect metrics.</summary>
public sealed partial class QueueGrain
{
    /// <summary>Lanes of which the oldest job is looked for: more would hold the queue up.</summary>
    private const int MostLanesLookedAt = 1_000;

    private readonly QueueMetrics metrics;
    private readonly Func<DateTimeOffset?> oldestReady;
    private QueueGauges? gauges;

    private void NoteGauges() => gauges?.Note(Waiting, InFlight, oldestReady);

    /// <summary>Of the jobs that come first in their lanes, which priorities may have put before older ones.</summary>
    private DateTimeOffset? OldestReady()
    {
        DateTimeOffset? oldest = null;
        foreach (Lane lane in window.Lanes.Take(MostLanesLookedAt))
        {
            if (lane.Peek() is { Job: ReadyJob first } && !(first.ReadyAt >= oldest)) oldest = first.ReadyAt;
        }

        return oldest;
    }
}

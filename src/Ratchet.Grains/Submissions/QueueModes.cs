using System.Collections.Concurrent;
using Ratchet.Queues;
using Ratchet.Storage;

namespace Ratchet.Grains.Submissions;

/// <summary>Modes of queues as submits see them: read at most once a second a queue, and only while there are submits.</summary>
public sealed class QueueModes(IStore store, TimeProvider time)
{
    private const int MostQueues = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<QueueKey, (WorkMode Mode, long ReadAt)> read = new();

    /// <summary>A queue of this silo has another mode: submits here see it at once, those of other silos within a second.</summary>
    public void Forget(QueueKey queue) => read.TryRemove(queue, out _);

    public async ValueTask<WorkMode> GetAsync(QueueKey queue)
    {
        if (read.TryGetValue(queue, out (WorkMode Mode, long ReadAt) known) && time.GetElapsedTime(known.ReadAt) < Fresh) return known.Mode;
        long now = time.GetTimestamp();
        WorkMode mode = await store.Controls.GetQueueModeAsync(queue, CancellationToken.None);
        if (read.Count >= MostQueues) read.Clear();
        read[queue] = (mode, now);
        return mode;
    }
}

using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>A read of the store for a <see cref="ReadyWindow"/> that is under way, and what happened to jobs meanwhile: its rows are older than that.</summary>
internal sealed class PendingRead
{
    public List<Lane> Lanes { get; } = [];
    private readonly Dictionary<JobId, long> settled = [];

    /// <summary>Offered since the read began, and behind the frontier: to be offered again when it ends.</summary>
    public Dictionary<JobId, ReadyJob> Offered { get; } = [];
    public bool Stale { get; set; }

    public void Settle(JobId id, long fence)
    {
        settled[id] = Math.Max(fence, settled.GetValueOrDefault(id));
        if (Offered.TryGetValue(id, out ReadyJob? offered) && offered.Fence <= fence) Offered.Remove(id);
    }

    public bool IsStale(ReadyJob row) => settled.TryGetValue(row.Id, out long over) && row.Fence <= over;
}

using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>
/// The best ready jobs of a queue, in memory. One invariant makes it exact: every QUEUED job of the store that comes before <see cref="Frontier"/> is
/// in here or handed out. Jobs behind the frontier may be in the store alone; they are read when the window runs low.
/// </summary>
public sealed class ReadyWindow(int most)
{
    private readonly PriorityQueue<ReadyJob, ReadyOrder> waiting = new();
    private readonly Dictionary<JobId, ReadyJob> known = [];
    private readonly HashSet<JobId> watchedElsewhere = [];
    private PendingRead? read;

    /// <summary>Watched jobs that are not in the window; beyond it they are forgotten, and whoever waits looks at the row now and then.</summary>
    private const int MostWatchedElsewhere = 10_000;

    /// <summary>Where certainty ends. <see cref="ReadyOrder.Last"/>: the store has nothing that is not in here.</summary>
    public ReadyOrder Frontier { get; private set; } = ReadyOrder.First;

    /// <summary>Jobs that wait here.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Jobs that wait here or are handed out.</summary>
    public int Known => known.Count;

    public bool MoreInStore => Frontier != ReadyOrder.Last;

    public bool Reading => read is not null;

    /// <summary>
    /// Whether it is time to read the store: it has more, and either few jobs wait or the best of them lies behind the frontier. The latter happens with any
    /// number waiting: batches are committed in another order than they were numbered, so a full window may hold later jobs while it refuses earlier ones.
    /// </summary>
    public bool NeedsRead(int lowWater) =>
        MoreInStore && !Reading && (waiting.Count < lowWater || (waiting.TryPeek(out _, out ReadyOrder best) && best >= Frontier));

    /// <summary>Takes a job that is QUEUED in the store, if it belongs into the window; otherwise a later read brings it.</summary>
    public void Offer(ReadyJob job)
    {
        ReadyOrder order = ReadyOrder.Of(job);
        if (order >= Frontier)
        {
            // The read that is under way may have begun before this job was committed: it has to be offered once more when the read ends.
            read?.Offered.Add(job);
            if (job.Watched) WatchElsewhere(job.Id);
            return;
        }

        if (waiting.Count >= most) Frontier = order;
        else Enter(job);
    }

    /// <summary>Hands out the best job, if the window is sure that it is the best.</summary>
    public ReadyJob? Take()
    {
        while (waiting.TryPeek(out ReadyJob? job, out ReadyOrder order))
        {
            if (order >= Frontier) return null;
            waiting.Dequeue();
            // Gone, or back in under another token: this entry is stale.
            if (known.TryGetValue(job.Id, out ReadyJob? current) && current.Fence == job.Fence) return current;
        }

        return null;
    }

    /// <summary>Marks a job as watched, now or when it comes into the window. False when it is not in it.</summary>
    public bool Watch(JobId id)
    {
        if (!known.TryGetValue(id, out ReadyJob? job))
        {
            WatchElsewhere(id);
            return false;
        }

        known[id] = job with { Watched = true };
        return true;
    }

    /// <summary>A job left QUEUED for good, or changed its token: what a read that is under way says of it is stale. Returns whether it was watched.</summary>
    public bool Settle(JobId id)
    {
        read?.Settled.Add(id);
        return known.Remove(id, out ReadyJob? job) && job.Watched;
    }

    /// <summary>A node that was thought to have the job has not: it waits again.</summary>
    public void Return(ReadyJob job)
    {
        known[job.Id] = job;
        waiting.Enqueue(job, ReadyOrder.Of(job));
    }

    /// <summary>A node has the job already (it was handed out by an earlier activation).</summary>
    public void NoteRunning(ReadyJob job) => known[job.Id] = job;

    /// <summary>Nothing is certain any more: the store has changed behind the window's back.</summary>
    public void Invalidate()
    {
        Frontier = ReadyOrder.First;
        if (read is not null) read.Stale = true;
    }

    /// <summary>Begins a read of the store's best jobs; returns how many rows to ask for, so that the known ones among them do not crowd out the new.</summary>
    public int BeginRead(int want)
    {
        read = new PendingRead(want + known.Count);
        return read.Asked;
    }

    /// <summary>The read has ended with these rows: the best ones of the store, in order.</summary>
    public void EndRead(IReadOnlyList<ReadyJob> rows)
    {
        PendingRead ended = read ?? throw new InvalidOperationException("No read was begun.");
        read = null;
        foreach (ReadyJob job in rows)
        {
            if (!ended.Settled.Contains(job.Id)) Enter(job);
        }

        if (ended.Stale) return;
        Frontier = rows.Count < ended.Asked ? ReadyOrder.Last : ReadyOrder.Of(rows[^1]);
        foreach (ReadyJob job in ended.Offered)
        {
            if (!ended.Settled.Contains(job.Id)) Offer(job);
        }
    }

    /// <summary>The read failed; what is certain is what was before.</summary>
    public void AbandonRead() => read = null;

    private void Enter(ReadyJob job)
    {
        if (watchedElsewhere.Remove(job.Id)) job = job with { Watched = true };
        if (known.TryAdd(job.Id, job)) waiting.Enqueue(job, ReadyOrder.Of(job));
    }

    private void WatchElsewhere(JobId id)
    {
        if (watchedElsewhere.Count >= MostWatchedElsewhere) watchedElsewhere.Clear();
        watchedElsewhere.Add(id);
    }

    private sealed class PendingRead(int asked)
    {
        public int Asked { get; } = asked;
        public HashSet<JobId> Settled { get; } = [];
        public List<ReadyJob> Offered { get; } = [];
        public bool Stale { get; set; }
    }
}

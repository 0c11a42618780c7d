using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage.Jobs;
using Entry = Ratchet.Grains.Queues.Lane.Entry;

namespace Ratchet.Grains.Queues;

/// <summary>
/// The best ready jobs of a queue, in memory, lane by lane. One invariant makes it exact: every QUEUED job of the store that comes before its lane's
/// <see cref="Lane.Frontier"/> is in here or handed out. Jobs behind it may be in the store alone; they are read when the lane runs low.
/// </summary>
/// <param name="most">Jobs that may wait in here before lanes with a few leave later ones to the store.</param>
/// <param name="holdOf">Asked of each lane that comes in: what holds it up.</param>
public sealed class ReadyWindow(int most, Func<Lane, Hold?>? holdOf = null)
{
    /// <summary>Lanes in memory; of more, the others wait in the store until there is room.</summary>
    internal const int MostLanes = 100_000;

    /// <summary>Jobs that every lane may have in here, however full it is.</summary>
    private const int LeastALane = 16;

    private const int LanesARead = 256;

    /// <summary>Watched jobs that are not in the window; beyond it they are forgotten, and whoever waits looks at the row now and then.</summary>
    private const int MostWatchedElsewhere = 10_000;

    private readonly LaneTotals totals = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Share> shares = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> weights = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, Entry> known = [];
    private readonly HashSet<Lane> hungry = [];
    private readonly HashSet<JobId> watchedElsewhere = [];
    private readonly Turns turns = new();
    private PendingRead? read;

    /// <summary>Jobs that wait here.</summary>
    public int Waiting { get; private set; }

    /// <summary>Jobs that wait here or are handed out.</summary>
    public int Known => known.Count;

    public IReadOnlyCollection<Lane> Lanes => lanes.Values;

    /// <summary>No lane has ready jobs in the store without being in here.</summary>
    public bool LanesKnown { get; private set; }

    /// <summary>There is room for more lanes.</summary>
    public bool HasRoomForLanes => lanes.Count < MostLanes / 2;

    public bool MoreInStore => !LanesKnown || totals.MoreInStore > 0;

    /// <summary>Lanes that something holds up.</summary>
    public int Held => totals.Held;

    public bool Reading => read is not null;

    /// <summary>
    /// Whether it is time to read the store: a lane has more there, and either few of its jobs wait or the best of them lies behind its frontier. The latter
    /// happens with any number waiting: batches are committed in another order than they were numbered, so that a full lane may hold later jobs while it refuses earlier ones.
    /// </summary>
    public bool NeedsRead => !Reading && hungry.Count > 0;

    public Lane? Find(string lane) => lanes.GetValueOrDefault(lane);

    /// <summary>Whether a job waits in here, or is handed out.</summary>
    public bool Knows(JobId id) => known.ContainsKey(id);

    /// <summary>Whether a job waits in here.</summary>
    public bool IsWaiting(JobId id) => known.TryGetValue(id, out Entry? entry) && entry.Waits;

    /// <summary>Whether this job was taken and is still what the window knows it as.</summary>
    public bool IsOut(ReadyJob job) => known.TryGetValue(job.Id, out Entry? entry) && !entry.Waits && entry.Job.Fence == job.Fence;

    /// <summary>Whether a later attempt of this job is handed out, so that what it holds is not the earlier one's to give back.</summary>
    public bool IsOutAgain(ReadyJob job) => known.TryGetValue(job.Id, out Entry? entry) && !entry.Waits && entry.Job.Fence > job.Fence;

    /// <summary>
    /// Lanes that the store has, in pages; <paramref name="last"/> page or not. With a read that has become stale meanwhile there may be others: they are asked for once more.
    /// </summary>
    public void AddLanes(IReadOnlyList<string> found, bool last)
    {
        foreach (string lane in found) LaneOf(lane, ReadyOrder.First);
        LanesKnown = last && lanes.Count < MostLanes && read is not { Stale: true };
    }

    /// <summary>Takes a job that is QUEUED in the store, if it belongs into the window; otherwise a later read brings it.</summary>
    public void Offer(ReadyJob job)
    {
        if (LaneOf(job.Lane, LanesKnown ? ReadyOrder.Last : ReadyOrder.First) is not { } lane)
        {
            LanesKnown = false;
            if (job.Watched) WatchElsewhere(job.Id);
            return;
        }

        ReadyOrder order = ReadyOrder.Of(job);
        if (order >= lane.Frontier)
        {
            // The read that is under way may have begun before this job was committed: it has to be offered once more when the read ends.
            if (lane.ReadAsked > 0) read!.Offered[job.Id] = job;
            if (job.Watched) WatchElsewhere(job.Id);
        }
        else if (Waiting >= most && lane.Waiting >= LeastALane)
        {
            lane.Frontier = order;
            // The read that is under way ends by setting the frontier where it ended.
            if (lane.ReadAsked > 0) read!.Offered[job.Id] = job;
            if (job.Watched) WatchElsewhere(job.Id);
        }
        else
        {
            Enter(job, lane);
        }

        Review(lane);
    }

    /// <summary>Hands out the best job, if the window is sure that it is the best.</summary>
    public ReadyJob? Take()
    {
        if (turns.Best() is not { } lane) return null;
        Entry entry = lane.Peek()!;
        entry.Waits = false;
        lane.Waiting--;
        Waiting--;
        turns.Serve(lane.Share);
        Review(lane);
        return entry.Job;
    }

    /// <summary>A waiting job has another rank or priority now.</summary>
    public void Rerank(ReadyJob job)
    {
        if (!known.TryGetValue(job.Id, out Entry? entry))
        {
            Offer(job);
            return;
        }

        Renew(entry, job, evenIfSame: true);
        Review(entry.Lane);
    }

    /// <summary>Marks a job as watched, now or when it comes into the window. False when it is not in it.</summary>
    public bool Watch(JobId id)
    {
        if (!known.TryGetValue(id, out Entry? entry))
        {
            WatchElsewhere(id);
            return false;
        }

        entry.Job = entry.Job with { Watched = true };
        return true;
    }

    /// <summary>
    /// A job left QUEUED, or changed its token: what a read that is under way says of it is stale, up to this token. If it is QUEUED again with a later one, which
    /// can be known before the end of the attempt before is, that one waits from now on. Returns whether the job was watched.
    /// </summary>
    /// <param name="fence">The token that is over. Later ones are not touched.</param>
    public bool Settle(JobId id, long fence = long.MaxValue)
    {
        read?.Settle(id, fence);
        if (!known.TryGetValue(id, out Entry? entry) || entry.Job.Fence > fence) return false;
        known.Remove(id);
        Lane lane = entry.Lane;
        lane.Known--;
        if (entry.Waits) Leave(entry);
        if (entry.Next is { } next && next.Fence > fence) Enter(next with { Watched = next.Watched || entry.Job.Watched }, lane);
        if (lane is { Known: 0, MoreInStore: false, ReadAsked: 0 }) Remove(lane);
        else Review(lane);
        return entry.Job.Watched;
    }

    /// <summary>A job that was taken was not handed out after all: it waits again.</summary>
    public void Return(ReadyJob job)
    {
        if (!known.TryGetValue(job.Id, out Entry? entry) || entry.Waits || entry.Job.Fence != job.Fence) return;
        if (entry.Next is not null)
        {
            Settle(job.Id, job.Fence);
            return;
        }

        entry.Waits = true;
        entry.Lane.Waiting++;
        Waiting++;
        entry.Lane.Enqueue(entry);
        Review(entry.Lane);
    }

    /// <summary>A node has the job already (it was handed out by an earlier activation).</summary>
    public void NoteRunning(ReadyJob job)
    {
        if (LaneOf(job.Lane, LanesKnown ? ReadyOrder.Last : ReadyOrder.First, evenIfFull: true) is not { } lane) return;
        if (known.TryGetValue(job.Id, out Entry? entry))
        {
            if (entry.Job.Fence > job.Fence && !entry.Waits) return;
            if (entry.Waits) Leave(entry);
            if (entry.Job.Fence > job.Fence) entry.Next = entry.Job;
            entry.Job = job;
        }
        else
        {
            known[job.Id] = new Entry(job, lane) { Waits = false };
            lane.Known++;
        }

        Review(lane);
    }

    /// <summary>Holds a lane up, or lets it go on.</summary>
    public void SetHold(Lane lane, Hold? hold)
    {
        lane.Hold = hold;
        Review(lane);
    }

    /// <summary>Sets how many turns a fairness key has for each turn of one with weight 1.</summary>
    public void SetWeight(string key, double weight)
    {
        weights[key] = weight;
        if (shares.TryGetValue(key, out Share? share)) share.Weight = weight;
    }

    /// <summary>Nothing is certain any more: the store has changed behind the window's back.</summary>
    public void Invalidate()
    {
        LanesKnown = false;
        foreach (Lane lane in lanes.Values)
        {
            lane.Frontier = ReadyOrder.First;
            Review(lane);
        }

        if (read is not null) read.Stale = true;
    }

    /// <summary>
    /// Begins a read of the store's best jobs; says how many rows of which lanes, and from where. What lies before a frontier is here already: to read it again would cost most of all
    /// where it is long gone, and the store has to step over what is left of it. Without a frontier the known ones among the rows are not to crowd out the new.
    /// </summary>
    public IReadOnlyList<LaneRead> BeginRead()
    {
        read = new PendingRead();
        var asked = new List<LaneRead>();
        foreach (Lane lane in hungry)
        {
            lane.ReadAsked = FairPart + (lane.Frontier == ReadyOrder.First ? lane.Known : 0);
            asked.Add(new LaneRead(lane.Text, lane.ReadAsked, lane.Frontier.Rank, lane.Frontier.Id));
            read.Lanes.Add(lane);
            if (asked.Count == LanesARead) break;
        }

        hungry.ExceptWith(read.Lanes);
        return asked;
    }

    /// <summary>The read has ended with these rows: the best ones of each lane, in order.</summary>
    public void EndRead(IReadOnlyList<ReadyJob> rows)
    {
        PendingRead ended = End();
        foreach (IGrouping<string, ReadyJob> group in rows.GroupBy(r => r.Lane))
        {
            Lane lane = lanes[group.Key];
            foreach (ReadyJob job in group)
            {
                if (!ended.IsStale(job)) Enter(job, lane);
                lane.ReadAsked--;
                if (lane.ReadAsked == 0 && !ended.Stale) lane.Frontier = ReadyOrder.Of(job);
            }
        }

        foreach (Lane lane in ended.Lanes)
        {
            if (lane.ReadAsked > 0 && !ended.Stale) lane.Frontier = ReadyOrder.Last;
            lane.ReadAsked = 0;
        }

        if (!ended.Stale)
        {
            foreach (ReadyJob job in ended.Offered.Values) Offer(job);
        }

        ReviewAll(ended.Lanes);
    }

    /// <summary>The read failed; what is certain is what was before.</summary>
    public void AbandonRead()
    {
        PendingRead ended = End();
        foreach (Lane lane in ended.Lanes) lane.ReadAsked = 0;
        ReviewAll(ended.Lanes);
    }

    private int FairPart => Math.Max(LeastALane, most / Math.Max(1, lanes.Count));

    private PendingRead End()
    {
        PendingRead ended = read ?? throw new InvalidOperationException("No read was begun.");
        read = null;
        return ended;
    }

    private void ReviewAll(List<Lane> some)
    {
        foreach (Lane lane in some)
        {
            if (lane is { Known: 0, MoreInStore: false }) Remove(lane);
            else Review(lane);
        }
    }

    private void Enter(ReadyJob job, Lane lane)
    {
        if (watchedElsewhere.Remove(job.Id)) job = job with { Watched = true };
        if (known.TryGetValue(job.Id, out Entry? same))
        {
            Renew(same, job);
            return;
        }

        var entry = new Entry(job, lane);
        known[job.Id] = entry;
        lane.Known++;
        lane.Waiting++;
        Waiting++;
        lane.Enqueue(entry);
    }

    /// <summary>News of a job that is in here: what waits takes it over; what is handed out waits again, with it, when the attempt is over.</summary>
    private static void Renew(Entry entry, ReadyJob job, bool evenIfSame = false)
    {
        if (job.Fence < entry.Job.Fence || (job.Fence == entry.Job.Fence && !evenIfSame)) return;
        if (!entry.Waits && job.Fence > entry.Job.Fence)
        {
            if (!(entry.Next?.Fence > job.Fence)) entry.Next = job;
            return;
        }

        entry.Job = job with { Watched = job.Watched || entry.Job.Watched };
        if (entry.Waits) entry.Lane.Enqueue(entry);
    }

    private void Leave(Entry entry)
    {
        entry.Waits = false;
        entry.Lane.Waiting--;
        Waiting--;
    }

    /// <summary>Sets the lane's turn by its best job, and whether it has to be read.</summary>
    private void Review(Lane lane)
    {
        ReadyOrder? best = lane.Peek() is { } entry ? ReadyOrder.Of(entry.Job) : null;
        bool certain = best < lane.Frontier;
        turns.Set(lane, certain && lane.Hold is null ? best : null);
        if (!lane.MoreInStore || lane.ReadAsked > 0) hungry.Remove(lane);
        else if (!certain) hungry.Add(lane);
        else if (lane.Hold is null && Waiting < most && lane.Waiting < FairPart / 5) hungry.Add(lane);
    }

    private Lane? LaneOf(string text, ReadyOrder frontier, bool evenIfFull = false)
    {
        if (lanes.TryGetValue(text, out Lane? lane)) return lane;
        if (lanes.Count >= MostLanes && !evenIfFull) return null;
        LaneKey parsed = LaneKey.Parse(text);
        string? key = parsed.Fairness;
        if (!shares.TryGetValue(key ?? "", out Share? share)) shares[key ?? ""] = share = new Share(key, weights.GetValueOrDefault(key ?? "", 1));
        share.Lanes++;
        lanes[text] = lane = new Lane(text, parsed, share, totals, frontier);
        lane.Hold = holdOf?.Invoke(lane);
        Review(lane);
        return lane;
    }

    private void Remove(Lane lane)
    {
        turns.Set(lane, null);
        hungry.Remove(lane);
        lanes.Remove(lane.Text);
        lane.Leave();
        if (--lane.Share.Lanes == 0) shares.Remove(lane.Share.Key ?? "");
    }

    private void WatchElsewhere(JobId id)
    {
        if (watchedElsewhere.Count >= MostWatchedElsewhere) watchedElsewhere.Clear();
        watchedElsewhere.Add(id);
    }
}

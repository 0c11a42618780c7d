namespace Ratchet.Grains.Queues;

/// <summary>
/// Whose turn it is. Between fairness keys: start-time fair queueing with one unit of cost a job (P. Goyal, H. Vin, H. Cheng, 1996), so that a key with one job waits
/// for at most one job of each other key, whatever they have. Within a key: the best rank of all its lanes.
/// </summary>
internal sealed class Turns
{
    private readonly PriorityQueue<(Share Share, int Version), (double Time, ReadyOrder Head)> shares = new();

    /// <summary>Virtual time: that of the share which was served last.</summary>
    private double now;

    /// <summary>The lane has another best job that may go, or none.</summary>
    public void Set(Lane lane, ReadyOrder? head)
    {
        if (lane.Turn == head) return;
        Share share = lane.Share;
        share.Ready += (head is null ? 0 : 1) - (lane.Turn is null ? 0 : 1);
        // One that comes back has no claim to the turns that it did not need.
        if (lane.Turn is null && share.Ready == 1) share.Time = Math.Max(share.Time, now);
        lane.Turn = head;
        lane.Version++;
        if (head is { } order) share.Turns.Enqueue((lane, lane.Version), order);
        Place(share);
    }

    /// <summary>The lane whose best job goes next; null when none may go.</summary>
    public Lane? Best()
    {
        while (shares.TryPeek(out (Share Share, int Version) next, out _))
        {
            if (next.Version == next.Share.Version && next.Share.Best(out _) is { } lane) return lane;
            shares.Dequeue();
        }

        return null;
    }

    /// <summary>A job of the share was taken.</summary>
    public void Serve(Share share)
    {
        now = Math.Max(now, share.Time);
        share.Time = now + (1 / share.Weight);
    }

    private void Place(Share share)
    {
        (double, ReadyOrder)? turn = share.Best(out ReadyOrder head) is null ? null : (share.Time, head);
        if (share.Turn == turn) return;
        share.Turn = turn;
        share.Version++;
        if (turn is { } at) shares.Enqueue((share, share.Version), at);
    }
}

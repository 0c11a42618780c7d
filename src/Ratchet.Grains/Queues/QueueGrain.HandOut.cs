using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Storage;
using Ratchet.Storage.Jobs;
using Ratchet.Workers;

namespace Ratchet.Grains.Queues;

/// <summary>Hand-out of the window's best jobs to nodes with room, and the refill of the window.</summary>
public sealed partial class QueueGrain
{
    /// <summary>Lanes that a read for more of them asks for at once.</summary>
    private const int LanesAPage = 1_000;

    /// <summary>Nodes are chosen anew after this many jobs, so that a burst spreads.</summary>
    private const int JobsAChoice = 32;

    private List<NodeLink> order = [];

    private void HandOut()
    {
        if (!recovered || over) return;
        if (mode == WorkMode.Paused) GiveBackGranted();
        else Share(Room());
        if (asks.Count > 0 || ended.Count > 0) Go(ExchangeAsync());
        if (window.NeedsRead || (!window.LanesKnown && window.HasRoomForLanes && !window.Reading)) Go(RefillAsync());
        NoteGauges();
    }

    /// <summary>How many jobs can go now: what nodes have free, less what is being asked of the limits' keeper, and within the queue's own limit.</summary>
    private int Room()
    {
        int room = 0;
        foreach (NodeLink node in nodes.Values) room += node.Open ? node.Free : 0;
        room -= asking;
        return queueLimit is { } most ? Math.Min(room, most - InFlight - asking) : room;
    }

    private void Share(int room)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<JobToken>? expired = null;
        NodeLink? node = null;
        int left = 0;
        for (; room > 0; room--)
        {
            bool isGranted = granted.TryDequeue(out ReadyJob? job);
            job ??= window.Take();
            if (job is null) break;
            if (isGranted && !window.IsOut(job))
            {
                // Cancelled, or otherwise gone, while it was asked about.
                if (!window.IsOutAgain(job)) ended.Add(job.Id);
            }
            else if (job.Deadline <= now)
            {
                (expired ??= []).Add(new JobToken(job.Id, job.Fence));
                if (isGranted) ended.Add(job.Id);
            }
            else if (!isGranted && NeedsGrant(job))
            {
                Ask(job);
            }
            else
            {
                // Probing or not, the lane's gate looks at what goes.
                NoteTaken(job);
                if (left-- <= 0 || !node!.Open)
                {
                    node = picker.Pick(order);
                    left = JobsAChoice - 1;
                }

                node!.Add(job);
                if (node.Next.Count >= options.HandOutBatch) Send(node);
            }
        }

        foreach (NodeLink chosen in order)
        {
            if (chosen.Next.Count > 0) Send(chosen);
        }

        if (expired is not null) Go(ExpireAsync(expired));
    }

    private void Send(NodeLink node) => Go(SendAsync(node, node.TakeNext()));

    private async Task SendAsync(NodeLink node, List<ReadyJob> batch)
    {
        try
        {
            bool taken = await GrainFactory.GetGrain<IWorkerNodeGrain>(node.Name).RunAsync(key, node.Owner, limitsEpoch, batch);
            if (taken)
            {
                if (gauges is not null) metrics.HandedOut(gauges, batch.Count);
                return;
            }

            foreach (ReadyJob job in batch)
            {
                node.InFlight.Remove(job.Id);
                NoteEnded(job);
                window.Return(job);
            }

            node.InDoubt = true;
            await RecoverAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // Nobody awaits this; whatever it was, the node would be taken to have these jobs for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The node may have the jobs or not. It is asked before anything else goes there.
            QueueLog.HandOutFailed(logger, batch.Count, key.ToString(), node.Name, e.Message);
            node.InDoubt = true;
            RetryLater();
        }
    }

    private async Task RefillAsync()
    {
        IReadOnlyList<LaneRead> asked = window.BeginRead();
        try
        {
            if (!window.LanesKnown) await FindLanesAsync();
            window.EndRead(asked.Count == 0 ? [] : await store.Jobs.ReadReadyAsync(key, asked, CancellationToken.None));
        }
#pragma warning disable CA1031 // Nobody awaits this; whatever it was, a read that is never ended would be the queue's last.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (window.Reading) window.AbandonRead();
            QueueLog.HeldUp(logger, key.ToString(), e);
            RetryLater();
            return;
        }

        HandOut();
    }

    private async Task FindLanesAsync()
    {
        string after = "";
        IReadOnlyList<string> page;
        do
        {
            page = await store.Jobs.ReadLanesAsync(key, after, LanesAPage, CancellationToken.None);
            window.AddLanes(page, last: page.Count < LanesAPage);
            if (page.Count > 0) after = page[^1];
        }
        while (page.Count == LanesAPage && window.Lanes.Count < ReadyWindow.MostLanes);
    }
}

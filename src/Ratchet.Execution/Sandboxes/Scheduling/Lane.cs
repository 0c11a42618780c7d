using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>The runs of one tenant's task version, and the processes that serve it now. Guarded by the scheduler's lock.</summary>
internal sealed class Lane(string tenant, TaskPackage package, RunLimits limits)
{
    private readonly Queue<PoolRun> waiting = new();
    private readonly Queue<PoolRun> solo = new();

    public string Tenant { get; } = tenant;
    public TaskPackage Package { get; } = package;
    public RunLimits Limits { get; } = limits;
    public List<Worker> Workers { get; } = [];

    /// <summary>How many runs a process of this task was last given ahead; the next process starts from there.</summary>
    public int LastWindow { get; set; } = Worker.FirstWindow;

    /// <summary>Whether the scheduler has it in its list of lanes that want a process.</summary>
    public bool Hungry { get; set; }

    public bool HasWork => Trim(waiting) || Trim(solo);
    public bool HasSolo => Trim(solo);
    public bool IsUnused => Workers.Count == 0 && !HasWork;

    public void Add(PoolRun run) => (run.Solo ? solo : waiting).Enqueue(run);

    /// <summary>Those go before the ones that have not been tried yet.</summary>
    public void AddFirst(IEnumerable<PoolRun> runs)
    {
        PoolRun[] later = [.. waiting];
        waiting.Clear();
        foreach (PoolRun run in runs) Add(run);
        foreach (PoolRun run in later) waiting.Enqueue(run);
    }

    public bool TryTake(out PoolRun run) => TryTake(waiting, out run);

    public bool TryTakeSolo(out PoolRun run) => TryTake(solo, out run);

    /// <summary>All that wait; they are no longer in the lane.</summary>
    public List<PoolRun> TakeAll()
    {
        List<PoolRun> all = [.. waiting.Concat(solo).Where(run => !run.Ended)];
        waiting.Clear();
        solo.Clear();
        return all;
    }

    private static bool TryTake(Queue<PoolRun> from, out PoolRun run)
    {
        while (from.TryDequeue(out run!)) if (!run.Ended) return true;
        return false;
    }

    // Cancelled runs stay in their queue until they come to its front.
    private static bool Trim(Queue<PoolRun> queue)
    {
        while (queue.TryPeek(out PoolRun? run))
        {
            if (!run.Ended) return true;
            queue.Dequeue();
        }
        return false;
    }
}

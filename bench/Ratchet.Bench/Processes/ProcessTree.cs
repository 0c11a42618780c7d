namespace Ratchet.Bench.Processes;

/// <summary>CPU time of a process and of what it started, at one instant. Those that have ended count through whoever waited for them.</summary>
public readonly record struct ProcessTree(TimeSpan Root, TimeSpan Below)
{
    public TimeSpan Total => Root + Below;

    public static ProcessTree Read(int root)
    {
        if (ProcStat.Read(root) is not { } top) return default;
        ILookup<int, ProcStat> byParent = ProcStat.All().ToLookup(process => process.Parent);
        TimeSpan below = top.Ended;
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out int parent))
        {
            foreach (ProcStat child in byParent[parent])
            {
                below += child.Total;
                open.Enqueue(child.Id);
            }
        }

        return new ProcessTree(top.Own, below);
    }
}

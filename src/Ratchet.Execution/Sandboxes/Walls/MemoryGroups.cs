namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>
/// Gives each sandbox a group of its own in a folder of the cgroup v2 tree that an operator has handed to the node (cgroup-v2, "Delegation"), so that the kernel holds it to its memory at once
/// and not the node after up to a tenth of a second.
/// </summary>
internal sealed class MemoryGroups
{
    /// <summary>Most processes and threads of a sandbox: .NET's, V8's, and those that build its walls.</summary>
    private const int Tasks = 256;

    private readonly string folder;

    private MemoryGroups(string folder) => this.folder = folder;

    /// <exception cref="RatchetException">It is no such folder, or not the node's to use: says what to do.</exception>
    public static MemoryGroups Open(string folder)
    {
        string available = Path.Combine(folder, "cgroup.controllers");
        if (!File.Exists(available)) throw new RatchetException($"Sandbox:Cgroup is {folder}, which is no folder of a cgroup v2 tree: it has no cgroup.controllers.");
        if (!File.ReadAllText(available).Split(' ', '\n').Contains("memory")) throw new RatchetException($"Sandbox:Cgroup is {folder}, where memory cannot be limited: its cgroup.controllers does not name memory.");
        try
        {
            File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +pids");
            return new MemoryGroups(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RatchetException($"Sandbox:Cgroup is {folder}, which the node may not use: {e.Message} It must be the node's own, with no process in it (systemd: Delegate=yes, DelegateSubgroup=node).", e);
        }
    }

    /// <summary>A group with that process in it; null when it cannot be made, and the node watches this one's memory itself.</summary>
    public MemoryGroup? Create(int process)
    {
        var group = new MemoryGroup(Path.Combine(folder, $"sandbox-{process}"));
        return group.TryMake(Tasks) && group.Add(process) ? group : null;
    }
}

/// <summary>The group of one sandbox.</summary>
internal sealed class MemoryGroup(string folder)
{
    public bool TryMake(int tasks)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        Write("memory.oom.group", "1");
        Write("memory.swap.max", "0");
        Write("pids.max", $"{tasks}");
        return true;
    }

    /// <summary>Puts a process, and what it starts from now on, into the group.</summary>
    public bool Add(int process) => Write("cgroup.procs", $"{process}");

    public void Limit(long bytes) => Write("memory.max", $"{bytes}");

    /// <summary>Removes the group of processes that are gone; true when the kernel ended them for their memory.</summary>
    public bool End()
    {
        bool killed = false;
        try
        {
            killed = File.ReadLines(Path.Combine(folder, "memory.events")).Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty group that stays costs next to nothing; it goes with the node's own.
        }
        return killed;
    }

    private bool Write(string file, string value)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, file), value);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using Ratchet.Execution.Sandboxes.Walls;

namespace Ratchet.Execution.Tests.Sandboxes.Walls;

/// <summary>What is written where, in a folder that looks like a cgroup's: few machines that tests run on hand out a real one.</summary>
public sealed class MemoryGroupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-cgroup").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Read(params string[] path) => File.ReadAllText(Path.Combine([folder, .. path]));

    [Fact]
    public void A_sandbox_gets_a_group_with_its_limits_and_is_in_it()
    {
        File.WriteAllText(Path.Combine(folder, "cgroup.controllers"), "cpuset cpu io memory pids\n");
        MemoryGroup group = MemoryGroups.Open(folder).Create(4_711)!;
        group.Limit(384 << 20);
        Assert.Equal("+memory +pids", Read("cgroup.subtree_control"));
        Assert.Equal(("4711", "402653184", "0", "1", "256"), (
            Read("sandbox-4711", "cgroup.procs"), Read("sandbox-4711", "memory.max"), Read("sandbox-4711", "memory.swap.max"), Read("sandbox-4711", "memory.oom.group"), Read("sandbox-4711", "pids.max")));
    }

    [Theory]
    [InlineData("low 0\nhigh 0\nmax 12\noom 0\noom_kill 0\n", false)]
    [InlineData("low 0\nhigh 0\nmax 12\noom 1\noom_kill 3\n", true)]
    public void A_process_that_the_kernel_ended_for_its_memory_is_known(string events, bool killed)
    {
        File.WriteAllText(Path.Combine(folder, "cgroup.controllers"), "memory pids");
        MemoryGroup group = MemoryGroups.Open(folder).Create(1)!;
        File.WriteAllText(Path.Combine(folder, "sandbox-1", "memory.events"), events);
        Assert.Equal(killed, group.End());
    }

    [Theory]
    [InlineData(null, "which is no folder of a cgroup v2 tree")]
    [InlineData("cpu pids", "its cgroup.controllers does not name memory")]
    public void A_folder_that_will_not_do_is_an_error(string? controllers, string message)
    {
        if (controllers is not null) File.WriteAllText(Path.Combine(folder, "cgroup.controllers"), controllers);
        Assert.Contains(message, Assert.Throws<RatchetException>(() => MemoryGroups.Open(folder)).Message, StringComparison.Ordinal);
    }
}

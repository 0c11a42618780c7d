using System.Diagnostics;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>
/// bubblewrap: network, process, IPC, name and mount namespaces of its own; a root folder that holds what <see cref="FileView"/> names, read-only; a small <c>/tmp</c> in memory; the end with its
/// parent's. It works for root, and for others where the kernel lets them have user namespaces.
/// </summary>
internal sealed class BubblewrapBuilder : IWallBuilder
{
    /// <summary>Most that a sandbox could keep in its <c>/tmp</c>, in bytes; the filter of system calls lets it write nothing there in the first place.</summary>
    private const string TemporaryBytes = "1048576";

    public IsolationLevel Level => IsolationLevel.Bubblewrap;

    public string? Missing() => Tools.Missing("bwrap", "bubblewrap") ?? Tools.Missing("setsid", "util-linux") ?? ProcessTree.Missing();

    public string? Unreadable(SandboxProgram program) => FileView.Unreadable(program, fromRoot: false);

    public void Begin(ProcessStartInfo start, SandboxProgram program, SandboxUser? user)
    {
        Walls(start, program, user);
        Add(start, FileView.HostIn(program), FileView.AssemblyIn(program));
    }

    public void BeginTrial(ProcessStartInfo start, SandboxProgram program, SandboxUser? user)
    {
        Walls(start, program, user);
        Add(start, FileView.Loader, "--list", FileView.HostIn(program));
    }

    private static void Walls(ProcessStartInfo start, SandboxProgram program, SandboxUser? user)
    {
        // A session of its own: a key pressed at the node's terminal ends the node in order, and not its sandboxes before it.
        start.FileName = Tools.Find("setsid")!;
        Add(start, Tools.Find("bwrap")!,
            "--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--cap-drop", "ALL");
        // The sandbox needs them until it has become somebody else, which takes them away.
        if (user is not null) Add(start, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID");
        IReadOnlyList<FileView> views = FileView.For(program);
        // Named one by one: bubblewrap lets nobody but its owner enter the folders that it makes by the way.
        foreach (string folder in FileView.Parents(views)) Add(start, "--dir", folder);
        foreach (FileView view in views) Add(start, "--ro-bind", view.Source, view.Target);
        Add(start, "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--size", TemporaryBytes, "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/", "--");
    }

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
    }
}

using System.Diagnostics;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>
/// The same walls by the tools of util-linux: <c>unshare</c> makes the namespaces, a short shell script the view of files, <c>setpriv</c> gives up the user and all capabilities.
/// For machines without bubblewrap.
/// </summary>
internal sealed class UnshareBuilder : IWallBuilder
{
    private const string SetPrivileges = "/ratchet/setpriv";
    private static readonly string[] Programs = ["unshare", "setpriv", "setsid", "mount", "umount", "pivot_root"];

    /// <summary>
    /// Builds a root folder over <c>/sys</c>, which each Linux has and no sandbox needs, and moves into it. Arguments: pairs of source and target, <c>--</c>, the command.
    /// The shell stays before the command: the first process of a namespace ignores the signals by which V8 and .NET end themselves.
    /// </summary>
    private const string Script = """
        set -eu
        PATH=/usr/bin:/bin:/usr/sbin:/sbin
        umount=$(command -v umount) mount=$(command -v mount)
        mount -t tmpfs -o mode=0755,nosuid,nodev,size=1m sandbox /sys
        cd /sys
        while [ "$1" != -- ]; do
          if [ -d "$1" ]; then mkdir -p ".$2"; else mkdir -p ".${2%/*}"; : > ".$2"; fi
          mount --bind "$1" ".$2"
          mount -o remount,bind,ro,nosuid,nodev ".$2"
          shift 2
        done
        shift
        mkdir proc dev tmp old
        mount -t proc -o nosuid,nodev,noexec proc proc
        mount -t tmpfs -o mode=1777,nosuid,nodev,noexec,size=1m tmp tmp
        for device in null zero full random urandom; do : > dev/$device; mount --bind /dev/$device dev/$device; done
        pivot_root . old
        cd /
        "/old$mount" -o remount,bind,ro,nosuid,nodev /
        "/old$umount" -l /old
        "$@"
        exit $?
        """;

    public IsolationLevel Level => IsolationLevel.Unshare;

    public string? Missing() => Programs.Select(program => Tools.Missing(program, "util-linux")).FirstOrDefault(missing => missing is not null) ?? ProcessTree.Missing();

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
        start.FileName = Tools.Find("setsid")!;
        Add(start, Tools.Find("setpriv")!, "--pdeathsig", "KILL", Tools.Find("unshare")!, "--net", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child=SIGKILL", "--propagation", "private");
        if (!Environment.IsPrivilegedProcess) Add(start, "--user", "--map-root-user");
        Add(start, "--", "/bin/sh", "-c", Script, "sh");
        foreach (FileView view in FileView.For(program)) Add(start, view.Source, view.Target);
        Add(start, Tools.Find("setpriv")!, SetPrivileges, "--");
        Add(start, SetPrivileges, "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs");
        if (user is not null) Add(start, $"--reuid={user.Id}", $"--regid={user.Group}", "--clear-groups");
    }

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
    }
}

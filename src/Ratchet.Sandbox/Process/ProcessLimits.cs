using System.Globalization;
using System.Runtime.InteropServices;

namespace Ratchet.Sandbox.Process;

/// <summary>What the process takes away from itself before it reads its first frame, and its one way out.</summary>
internal static partial class ProcessLimits
{
    /// <summary>Most open files: the runtime's own, the pipes and the assemblies that are still to be loaded.</summary>
    private const int OpenFiles = 256;

    private const int PriorityOfGroup = 1;
    private const int Nice = 10;
    private const int ResourceFileSize = 1;
    private const int ResourceCore = 4;
    private const int ResourceOpenFiles = 7;
    private const int ResourceMessageQueues = 12;
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;

    /// <summary>
    /// Own process group, low priority for all threads, no core files (they would hold a tenant's data), no files written, another user when it was started as root, no gain of privileges by exec,
    /// and only the system calls that a sandbox needs.
    /// </summary>
    /// <param name="user"><c>UID:GID</c> to become when it was started as root; null: stays who it is.</param>
    /// <exception cref="InvalidOperationException">The user cannot be changed: a sandbox that is to be nobody must not run as root.</exception>
    public static void Apply(string? user)
    {
        _ = SetProcessGroup(0, 0);
        // By group, because a priority set by process id would reach its first thread only; the runtime has started others by now.
        _ = SetPriority(PriorityOfGroup, 0, Nice);
        Limit(ResourceCore, 0);
        // After the runtime's start, which makes a file in memory for its compiled code. What comes after needs none.
        Limit(ResourceFileSize, 0);
        Limit(ResourceOpenFiles, OpenFiles);
        Limit(ResourceMessageQueues, 0);
        if (user is not null && GetUser() == 0) Become(user);
        _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        _ = ProcessControl(SetNoNewPrivileges, 1, 0, 0, 0);
        SystemCallFilter.Install();
    }

    /// <summary>Ends the process at once: no finalizers, no waiting for a script that never ends.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial int GetUser();

    [LibraryImport("libc", EntryPoint = "getgid")]
    public static partial int GetGroup();

    /// <summary>For all threads: the C library sees to it that each makes the call. The kernel takes root's capabilities away with its number.</summary>
    private static void Become(string user)
    {
        string[] ids = user.Split(':');
        int uid = int.Parse(ids[0], CultureInfo.InvariantCulture), gid = int.Parse(ids[1], CultureInfo.InvariantCulture);
        if (SetGroups(0, 0) != 0 || SetGroupIds(gid, gid, gid) != 0 || SetUserIds(uid, uid, uid) != 0)
            throw new InvalidOperationException($"the sandbox cannot become user {user}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static void Limit(int resource, int most)
    {
        var limit = new ResourceLimit { Soft = (nuint)most, Hard = (nuint)most };
        _ = SetResourceLimit(resource, in limit);
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    private static partial int SetGroups(nuint count, nint groups);

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    private static partial int SetGroupIds(int real, int effective, int saved);

    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    private static partial int SetUserIds(int real, int effective, int saved);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public nuint Soft;
        public nuint Hard;
    }
}

using System.Runtime.InteropServices;

namespace Ratchet.Sandbox.Process;

/// <summary>What the process takes away from itself before it reads its first frame, and its one way out.</summary>
internal static partial class ProcessLimits
{
    private const int PriorityOfGroup = 1;
    private const int Nice = 10;
    private const int ResourceCore = 4;
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;

    /// <summary>Own process group, low priority for all threads, no core files (they would hold a tenant's data), no gain of privileges by exec.</summary>
    public static void Apply()
    {
        _ = SetProcessGroup(0, 0);
        // By group, because a priority set by process id would reach its first thread only; the runtime has started others by now.
        _ = SetPriority(PriorityOfGroup, 0, Nice);
        var none = default(ResourceLimit);
        _ = SetResourceLimit(ResourceCore, in none);
        _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        _ = ProcessControl(SetNoNewPrivileges, 1, 0, 0, 0);
    }

    /// <summary>Ends the process at once: no finalizers, no waiting for a script that never ends.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public nuint Soft;
        public nuint Hard;
    }
}

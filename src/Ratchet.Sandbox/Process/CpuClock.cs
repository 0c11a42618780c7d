using System.Runtime.InteropServices;

namespace Ratchet.Sandbox.Process;

/// <summary>The processor time of one thread, which any thread may read (pthread_getcpuclockid(3)).</summary>
internal sealed partial class CpuClock
{
    private readonly int id;

    private CpuClock(int id) => this.id = id;

    /// <summary>Processor time that the thread has had, in nanoseconds.</summary>
    public long Nanoseconds
    {
        get
        {
            GetTime(id, out TimeSpec time);
            return time.Seconds * 1_000_000_000 + time.Nanoseconds;
        }
    }

    /// <summary>Of the calling thread.</summary>
    public static CpuClock OfThisThread()
    {
        int error = GetClock(Self(), out int id);
        return error == 0 ? new CpuClock(id) : throw new InvalidOperationException($"the thread has no clock of its own: error {error}");
    }

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint Self();

    [LibraryImport("libc", EntryPoint = "pthread_getcpuclockid")]
    private static partial int GetClock(nint thread, out int id);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int id, out TimeSpec time);

    /// <summary><c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

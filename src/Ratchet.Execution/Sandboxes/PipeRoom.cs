using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Asks the kernel whether a small write to a pipe would have to wait (poll(2)).</summary>
internal static partial class PipeRoom
{
    /// <summary>What a pipe that is writable takes at once: PIPE_BUF (pipe(7)), and the least that POSIX grants elsewhere.</summary>
    public static readonly int Bytes = OperatingSystem.IsLinux() ? 4096 : 512;

    private const short Writable = 4;

    /// <summary>Whether <see cref="Bytes"/> can be written without waiting. False where it cannot be told.</summary>
    public static bool IsThere(PipeStream pipe)
    {
        if (OperatingSystem.IsWindows()) return false;
        SafeHandle handle = pipe.SafePipeHandle;
        bool held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            var one = new PollRequest { Descriptor = (int)handle.DangerousGetHandle(), Events = Writable };
            return Poll(ref one, 1, 0) == 1 && one.Answer == Writable;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held) handle.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollRequest requests, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Answer;
    }
}

using System.Runtime.InteropServices;

namespace Ratchet.Sandbox.Process;

/// <summary>
/// Has the kernel refuse the system calls that a sandbox has no use for (seccomp(2)), for all threads: no sockets, no other programs, no files written. It needs no privilege, so it holds
/// also where no namespaces can be had. A list of what is refused, not of what is allowed: .NET and V8 may need another harmless call tomorrow.
/// </summary>
internal static unsafe partial class SystemCallFilter
{
    private const nint SystemCall = 317;
    private const nuint SetModeFilter = 1;

    // All threads at once; and without the brake on speculation that older kernels tie to a filter: one process serves one tenant, and compiled scripts would be slower by it.
    private const nuint AllThreads = 1;
    private const nuint AllowSpeculation = 4;

    // Instructions of classic BPF (linux/filter.h) and offsets in struct seccomp_data.
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfSet = 0x45;
    private const ushort Return = 0x06;
    private const uint OffsetOfNumber = 0;
    private const uint OffsetOfArchitecture = 4;
    private const uint OffsetOfArguments = 16;

    private const uint Architecture = 0xC000_003E;
    private const uint FirstOfX32 = 0x4000_0000;
    private const uint Allow = 0x7FFF_0000;
    private const uint KillProcess = 0x8000_0000;
    private const uint NotPermitted = 0x0005_0000 | 1;
    private const uint NotImplemented = 0x0005_0000 | 38;
    private const uint ReadOnlyFileSystem = 0x0005_0000 | 30;

    private const uint CloneThread = 0x0001_0000;

    // O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND.
    private const uint WritingFlags = 0x3 | 0x40 | 0x200 | 0x400;

    /// <summary>False where the kernel has no such filter; the report of the walls tells.</summary>
    public static bool Install()
    {
        Instruction[] program = Program();
        fixed (Instruction* first = program)
        {
            var filter = new Filter { Length = (ushort)program.Length, Instructions = first };
            return Seccomp(SystemCall, SetModeFilter, AllThreads | AllowSpeculation, &filter) == 0 || Seccomp(SystemCall, SetModeFilter, AllThreads, &filter) == 0;
        }
    }

    private static Instruction[] Program()
    {
        List<Instruction> code =
        [
            new(LoadWord, 0, 0, OffsetOfArchitecture),
            new(JumpIfEqual, 1, 0, Architecture),
            new(Return, 0, 0, KillProcess),
            new(LoadWord, 0, 0, OffsetOfNumber),
            new(JumpIfAtLeast, 0, 1, FirstOfX32),
            new(Return, 0, 0, NotImplemented),
        ];
        foreach (int number in SystemCalls.Refused) Refuse(code, number, NotPermitted);
        // The C library falls back to the older ones, whose arguments can be looked at.
        Refuse(code, SystemCalls.Clone3, NotImplemented);
        Refuse(code, SystemCalls.OpenAt2, NotImplemented);
        WhenArgument(code, SystemCalls.Clone, 0, JumpIfSet, CloneThread, otherwise: NotPermitted);
        WhenArgument(code, SystemCalls.SendSignalToThread, 0, JumpIfEqual, (uint)Environment.ProcessId, otherwise: NotPermitted);
        WhenArgument(code, SystemCalls.Limits, 0, JumpIfEqual, 0, otherwise: NotPermitted);
        UnlessArgument(code, SystemCalls.Open, 1, WritingFlags, ReadOnlyFileSystem);
        UnlessArgument(code, SystemCalls.OpenAt, 2, WritingFlags, ReadOnlyFileSystem);
        code.Add(new Instruction(Return, 0, 0, Allow));
        return [.. code];
    }

    private static void Refuse(List<Instruction> code, int number, uint answer)
    {
        code.Add(new Instruction(JumpIfEqual, 0, 1, (uint)number));
        code.Add(new Instruction(Return, 0, 0, answer));
    }

    /// <summary>Allows a call only when the low word of an argument passes a test.</summary>
    private static void WhenArgument(List<Instruction> code, int number, int argument, ushort test, uint value, uint otherwise)
    {
        code.Add(new Instruction(JumpIfEqual, 0, 4, (uint)number));
        code.Add(new Instruction(LoadWord, 0, 0, OffsetOfArguments + 8 * (uint)argument));
        code.Add(new Instruction(test, 1, 0, value));
        code.Add(new Instruction(Return, 0, 0, otherwise));
        code.Add(new Instruction(Return, 0, 0, Allow));
    }

    private static void UnlessArgument(List<Instruction> code, int number, int argument, uint flags, uint answer)
    {
        code.Add(new Instruction(JumpIfEqual, 0, 4, (uint)number));
        code.Add(new Instruction(LoadWord, 0, 0, OffsetOfArguments + 8 * (uint)argument));
        code.Add(new Instruction(JumpIfSet, 0, 1, flags));
        code.Add(new Instruction(Return, 0, 0, answer));
        code.Add(new Instruction(Return, 0, 0, Allow));
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Seccomp(nint number, nuint operation, nuint flags, Filter* filter);

    /// <summary><c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, byte whenTrue, byte whenFalse, uint value)
    {
        public readonly ushort Code = code;
        public readonly byte WhenTrue = whenTrue;
        public readonly byte WhenFalse = whenFalse;
        public readonly uint Value = value;
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Filter
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}

using Ratchet.Execution.Sandboxes.Walls;

namespace Ratchet.Execution.Sandboxes;

/// <summary>How many sandbox processes a node runs and what each may use.</summary>
public sealed record SandboxOptions
{
    /// <summary>Path of Ratchet.Sandbox.dll; default: <c>sandbox/Ratchet.Sandbox.dll</c> beside the program, or the environment's RATCHET_SANDBOX.</summary>
    public string? Program { get; init; }

    /// <summary>Path of the <c>dotnet</c> host; default: the one that this process runs on.</summary>
    public string? DotnetHost { get; init; }

    /// <summary>Processes that serve tasks at once; 1 to 256, default the number of processors. More are started only while all are busy with long runs.</summary>
    public int Processes { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>Most processes that serve tasks at once; at least <see cref="Processes"/>, at most 1,024; default four a processor and no less than 8.</summary>
    public int MaxProcesses { get; init; } = Math.Clamp(Environment.ProcessorCount * 4, 8, 1_024);

    /// <summary>Started processes that wait for a task, so that nobody waits for a start; 0 to 16, default 1. With 0 the first one is started with the pool, others when a task wants one.</summary>
    public int Spares { get; init; } = 1;

    /// <summary>Whether the process that validates inputs starts with the pool, or when the first input comes; default true.</summary>
    public bool WarmValidator { get; init; } = true;

    /// <summary>Time from an interrupt to SIGKILL; 10 ms to 10 s, default 500 ms.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest time for loading a task (its top-level code, its schemas); 100 ms to 60 s, default 5 s.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for validating one input; 50 ms to 60 s, default 1 s. A hostile pattern is stopped by it.</summary>
    public TimeSpan ValidationTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time from a process's start to its Hello; 1 s to 5 min, default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A process that has had nothing to do for so long is ended; 1 s to 1 day, default 1 min.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A process that runs one thing for so long counts as busy with a long run, and another may be started; 1 ms to 1 min, default 100 ms.</summary>
    public TimeSpan GrowAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a task keeps a process while another task waits for one; 1 ms to 10 s, default 50 ms.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Work that is handed to a process ahead of time; 1 to 1,000 ms, default 15 ms. More hides the pipe's latency, less loses less with a process.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Most runs handed to a process ahead of time; 1 to 4,096, default 512.</summary>
    public int MaxAhead { get; init; } = 512;

    /// <summary>Runs after which a warm context is replaced; 1 to 1,000,000, default 10,000.</summary>
    public int ContextRuns { get; init; } = 10_000;

    /// <summary>Memory of a process beyond its task's heap (the runtime, V8 itself, typed arrays), in MiB; 64 to 4,096, default 256.</summary>
    public int MemoryAllowanceMb { get; init; } = 256;

    /// <summary>Longest timeout that an execution gets, whatever its task or job asks for; 1 ms to 1 h, default 1 h.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most processor time that an execution gets; 1 ms to 1 h. None: as much as its timeout lets it have, unless its task sets a limit.</summary>
    public TimeSpan? MaxCpuTime { get; init; }

    /// <summary>Largest heap that a task gets, in MiB; 16 to 1,024, default 1,024.</summary>
    public int MaxHeapMb { get; init; } = 1_024;

    /// <summary>Most memory that a task's ArrayBuffers get, in MiB; 1 to 1,024, default 1,024.</summary>
    public int MaxArrayBufferMb { get; init; } = 1_024;

    /// <summary>Largest output, in bytes of JSON; 1 to 1 MiB, which is the default.</summary>
    public int MaxOutputBytes { get; init; } = Limits.OutputBytes;

    /// <summary>Most lines of an execution's log; 0 to 1,000, which is the default.</summary>
    public int MaxLogLines { get; init; } = Limits.LogLines;

    /// <summary>Most bytes of an execution's log; 0 to 256 KiB, which is the default.</summary>
    public int MaxLogBytes { get; init; } = Limits.LogBytes;

    /// <summary>Deepest nesting of an input and an output; 1 to 512, which is the default.</summary>
    public int MaxJsonDepth { get; init; } = Limits.JsonDepth;

    /// <summary>
    /// The walls around the processes; default <c>auto</c>, the strongest that works here. A level that is named and cannot be had is an error at start.
    /// </summary>
    public IsolationWish Isolation { get; init; } = IsolationWish.Auto;

    /// <summary>The user that processes become when the node was started as root, as <c>UID</c> or <c>UID:GID</c>; default nobody's, 65534, where the program's files can be read by others.</summary>
    public string? User { get; init; }

    /// <summary>
    /// A folder of the cgroup v2 tree that is the node's to use and that no process is in itself; each sandbox gets a group in it with a limit of memory. None: the node watches resident memory.
    /// </summary>
    public string? Cgroup { get; init; }

    /// <exception cref="RatchetException">A value is outside its range: says which and what the range is.</exception>
    public void Validate()
    {
        Range(nameof(Processes), Processes, 1, 256);
        Range(nameof(MaxProcesses), MaxProcesses, Processes, 1_024);
        Range(nameof(Spares), Spares, 0, 16);
        Range(nameof(Grace), Grace, 10, 10_000);
        Range(nameof(LoadTimeout), LoadTimeout, 100, 60_000);
        Range(nameof(ValidationTimeout), ValidationTimeout, 50, 60_000);
        Range(nameof(StartTimeout), StartTimeout, 1_000, 300_000);
        Range(nameof(IdleTimeout), IdleTimeout, 1_000, 86_400_000);
        Range(nameof(GrowAfter), GrowAfter, 1, 60_000);
        Range(nameof(Turn), Turn, 1, 10_000);
        Range(nameof(Ahead), Ahead, 1, 1_000);
        Range(nameof(MaxAhead), MaxAhead, 1, 4_096);
        Range(nameof(ContextRuns), ContextRuns, 1, 1_000_000);
        Range(nameof(MaxTimeout), MaxTimeout, 1, 3_600_000);
        if (MaxCpuTime is { } cpu) Range(nameof(MaxCpuTime), cpu, 1, 3_600_000);
        Range(nameof(MaxHeapMb), MaxHeapMb, 16, 1_024);
        Range(nameof(MaxArrayBufferMb), MaxArrayBufferMb, 1, 1_024);
        Range(nameof(MaxOutputBytes), MaxOutputBytes, 1, Limits.OutputBytes);
        Range(nameof(MaxLogLines), MaxLogLines, 0, Limits.LogLines);
        Range(nameof(MaxLogBytes), MaxLogBytes, 0, Limits.LogBytes);
        Range(nameof(MaxJsonDepth), MaxJsonDepth, 1, Limits.JsonDepth);
        Range(nameof(MemoryAllowanceMb), MemoryAllowanceMb, 64, 4_096);
    }

    private static void Range(string name, TimeSpan value, int least, int most)
    {
        if (value.TotalMilliseconds < least || value.TotalMilliseconds > most)
            throw new RatchetException($"Sandbox option {name} is {value.TotalMilliseconds} ms; it must be between {least} and {most} ms.");
    }

    private static void Range(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new RatchetException($"Sandbox option {name} is {value}; it must be between {least} and {most}.");
    }
}

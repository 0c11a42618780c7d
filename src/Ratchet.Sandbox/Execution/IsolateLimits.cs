using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Execution;

/// <summary>What V8 enforces itself. Reaching the old-space limit ends the process: that is how V8 is made, and the parent expects it.</summary>
internal static class IsolateLimits
{
    /// <summary>
    /// Stack of scripts in KiB, V8's own default on 64-bit. Process-wide and only before the first isolate; the alternative, a limit on the engine, aborts
    /// the process during a collection (ClearScript issue 718). Deeper recursion is a RangeError in the script.
    /// </summary>
    public const int StackKiB = 984;

    /// <summary>Stack of the thread that runs scripts, in bytes: V8's share and as much again for the host's own frames and natives.</summary>
    public const int ThreadStackBytes = 8 << 20;

    public static V8RuntimeConstraints For(int heapMb, int arrayBufferMb) => new()
    {
        MaxOldSpaceSize = heapMb,
        // Typed arrays live outside the heap; without this they would have no limit of their own.
        MaxArrayBufferAllocation = (ulong)arrayBufferMb << 20,
    };
}

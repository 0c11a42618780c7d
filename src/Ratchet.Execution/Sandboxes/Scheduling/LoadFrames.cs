using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>What a process is told of a task.</summary>
internal static class LoadFrames
{
    public static LoadFrame Of(TaskPackage package, bool checkAll, int contextRuns, in RunLimits limits) => new()
    {
        TaskName = package.Name,
        TaskVersion = package.Version,
        MainJs = package.MainJs,
        InputSchema = package.InputSchema,
        OutputSchema = package.OutputSchema,
        Fresh = package.Execution.Context == ContextMode.Fresh,
        CodeGeneration = package.Execution.CodeGeneration,
        CheckAll = checkAll,
        HeapMb = limits.HeapMb,
        ArrayBufferMb = limits.ArrayBufferMb,
        CpuMilliseconds = (int)(limits.CpuTime?.TotalMilliseconds ?? 0),
        ContextRuns = contextRuns,
        OutputBytes = limits.OutputBytes,
        LogLines = limits.LogLines,
        LogBytes = limits.LogBytes,
    };
}

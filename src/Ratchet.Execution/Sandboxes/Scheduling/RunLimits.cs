using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>What the executions of a task may use on this node: what the task asks for, and no more than the node allows any.</summary>
/// <param name="CpuTime">Null: no limit but the run's timeout, which processor time cannot pass.</param>
internal readonly record struct RunLimits(int HeapMb, int ArrayBufferMb, TimeSpan? CpuTime, int OutputBytes, int LogLines, int LogBytes, int JsonDepth)
{
    public static RunLimits Of(TaskExecutionOptions task, SandboxOptions node)
    {
        TaskLimits asked = task.Limits ?? new TaskLimits();
        int heap = Math.Min(task.HeapMb, node.MaxHeapMb);
        return new RunLimits(
            heap,
            Math.Min(asked.ArrayBufferMb ?? heap, node.MaxArrayBufferMb),
            Lower(asked.CpuTime, node.MaxCpuTime),
            Math.Min(asked.OutputBytes ?? int.MaxValue, node.MaxOutputBytes),
            Math.Min(asked.LogLines ?? int.MaxValue, node.MaxLogLines),
            Math.Min(asked.LogBytes ?? int.MaxValue, node.MaxLogBytes),
            Math.Min(asked.JsonDepth ?? int.MaxValue, node.MaxJsonDepth));
    }

    private static TimeSpan? Lower(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}

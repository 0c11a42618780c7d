using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Reads the keys of <c>execution</c> that are in <see cref="TaskLimits"/>.</summary>
internal static class LimitsReader
{
    private const int MaxCpuTimeMs = 3_600_000;
    private const int MaxArrayBufferMb = 1_024;

    public static readonly string[] Keys = ["cpuTimeMs", "arrayBufferMb", "outputBytes", "logLines", "logBytes", "jsonDepth"];

    /// <summary>Null when the task says nothing of them.</summary>
    public static TaskLimits? Read(JsonSection? execution)
    {
        if (execution is null) return null;
        var limits = new TaskLimits
        {
            CpuTime = execution.Integer("cpuTimeMs", 1, MaxCpuTimeMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            ArrayBufferMb = (int?)execution.Integer("arrayBufferMb", 1, MaxArrayBufferMb),
            OutputBytes = (int?)execution.Integer("outputBytes", 1, Limits.OutputBytes),
            LogLines = (int?)execution.Integer("logLines", 0, Limits.LogLines),
            LogBytes = (int?)execution.Integer("logBytes", 0, Limits.LogBytes),
            JsonDepth = (int?)execution.Integer("jsonDepth", 1, Limits.JsonDepth),
        };
        return limits == new TaskLimits() ? null : limits;
    }
}

using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution.Tracing;

/// <summary>What a script does, in words that follow "the task".</summary>
internal static class TraceWords
{
    public static string Of(TraceKind kind, long value) => kind switch
    {
        TraceKind.Time => "reads the time",
        TraceKind.Clock => "reads performance.now()",
        TraceKind.Seed => "asks for its first random number",
        TraceKind.Random => $"asks for {value} random bytes",
        TraceKind.SetTimer => $"sets a timer of {value} ms",
        TraceKind.ClearTimer => $"clears timer {value}",
        TraceKind.Timer => $"waits for timer {value}",
        TraceKind.Fetch or TraceKind.FetchNow => $"makes HTTP call {value}",
        TraceKind.Reply => $"waits for the answer to HTTP call {value}",
        _ => $"gives up HTTP call {value}",
    };
}

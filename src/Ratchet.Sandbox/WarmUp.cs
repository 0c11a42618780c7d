using Ratchet.Sandbox.Channel;
using Ratchet.Sandbox.Execution;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox;

/// <summary>
/// Runs a small task of its own before the process says Hello: .NET compiles the methods of the way of a run, V8 its first context, the validator its
/// first schema. A spare process has done this before anyone waits for it.
/// </summary>
internal static class WarmUp
{
    private const int Runs = 40;
    private const string Schema = """{"type":"object","properties":{"sum":{"type":"number"}},"required":["sum"]}""";
    private static readonly string Ids = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).ToString("D") + new string(' ', 36) + "1";

    public static void Go(Executor executor, Outbox outbox)
    {
        outbox.Muted = true;
        executor.Do(new LoadWork(new LoadFrame
        {
            TaskName = "warm-up",
            TaskVersion = "1",
            MainJs = "function main(input, context) { console.log('%s', context.attempt); return { sum: input.a + input.b }; }",
            InputSchema = Schema,
            OutputSchema = Schema,
            Fresh = false,
            CodeGeneration = false,
            CheckAll = false,
            HeapMb = 64,
            ArrayBufferMb = 64,
            CpuMilliseconds = 0,
            ContextRuns = int.MaxValue,
            OutputBytes = 1_000,
            LogLines = 10,
            LogBytes = 1_000,
        }));
        for (int i = 1; i <= Runs; i++) executor.Do(new RunWork(-i, Ids, false, true, """{"a":1,"b":2}"""));
        outbox.Muted = false;
    }
}

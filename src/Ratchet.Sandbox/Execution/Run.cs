using System.Diagnostics;
using Ratchet.Sandbox.Execution.Tracing;
using Ratchet.Sandbox.Protocol;
using Trace = Ratchet.Sandbox.Execution.Tracing.Trace;

namespace Ratchet.Sandbox.Execution;

/// <summary>One execution, from its hand-over to its result.</summary>
internal sealed class Run(long sequence, Trace trace, TraceWanted wanted)
{
    private long startedAt;
    private long enteredAt;
    private long busy;
    private RunLog? log;

    public long Sequence { get; } = sequence;
    public TaskContext? Context { get; set; }

    /// <summary>Where its code has time, chance and the order of events from.</summary>
    public Trace Trace { get; } = trace;

    /// <summary>Its number among the runs of its context, from 1.</summary>
    public int NumberInContext { get; set; }

    /// <summary>Timers that it has set so far.</summary>
    public int TimersSet { get; set; }

    /// <summary>HTTP calls that it has made so far.</summary>
    public int FetchCalls { get; set; }

    /// <summary>Set by the script's end; the execution loop then sends the result.</summary>
    public string? Output { get; private set; }
    public ResultStatus Status { get; private set; }
    public ResultError? Error { get; private set; }
    public bool Ended { get; private set; }

    /// <summary>Fetch calls and timers that may still wake it.</summary>
    public int Outstanding { get; set; }

    /// <summary>Promises of it that were rejected and have no handler so far.</summary>
    public int Rejections { get; set; }

    /// <summary>Where its processor time goes; null when nobody wants to know.</summary>
    public RunProfile? Profile { get; set; }

    /// <summary>Processor time of its turns so far, where that is limited.</summary>
    public long CpuNanoseconds { get; set; }

    /// <summary>It was interrupted for its processor time.</summary>
    public bool CpuExceeded { get; set; }

    public void Begin() => startedAt = Stopwatch.GetTimestamp();
    public void Enter() => enteredAt = Stopwatch.GetTimestamp();
    public void Leave() => busy += Stopwatch.GetTimestamp() - enteredAt;

    public void Complete(string output)
    {
        if (Ended) return;
        Output = output;
        Status = ResultStatus.Output;
        Ended = true;
    }

    public void Fail(ResultStatus status, string name, string message, string? stack = null, string? details = null)
    {
        if (Ended) return;
        SetError(status, name, message, stack, details);
    }

    /// <summary>What was returned does not count after all: it does not match the schema or is too large, or a promise was rejected that nothing handles.</summary>
    public void Refuse(ResultStatus status, string name, string message, string? details = null, string? stack = null)
    {
        Output = null;
        SetError(status, name, message, stack, details);
    }

    public void Log(byte level, string text, int mostLines, int mostBytes, RunLogs logs)
    {
        if (log is null) logs.Add(log = new RunLog(Sequence, startedAt));
        log.Add(level, text, mostLines, mostBytes);
    }

    /// <summary>Nothing more is said before its result is written.</summary>
    public void EndLog(RunLogs logs)
    {
        if (log is not null) logs.Remove(log);
    }

    public void Write(FrameWriter to) =>
        ResultFrame.Write(to, Sequence, Status, Micros(Stopwatch.GetTimestamp() - startedAt), Micros(busy), Output, Error, log is null ? [] : log.Close(), TraceToSend(), DivergenceToSend());

    private TraceFrame? TraceToSend()
    {
        if (Trace is not LiveTrace live || Context is null || wanted == TraceWanted.No || (wanted == TraceWanted.OnFailure && Status == ResultStatus.Output)) return null;
        LiveTrace? load = Context.Loading as LiveTrace;
        return new TraceFrame(live.SeedUsed, load?.SeedUsed, NumberInContext, live.Complete && load is not { Complete: false }, load?.Take() ?? [], live.Take());
    }

    private TraceDivergence? DivergenceToSend() => (Context?.Loading, Trace) switch
    {
        (ReplayTrace { Divergence: { } text } load, _) => new TraceDivergence($"While it was loaded: {text}", load.CallsBefore),
        (_, ReplayTrace { Divergence: { } text } run) => new TraceDivergence(text, run.CallsBefore),
        _ => null,
    };

    private void SetError(ResultStatus status, string name, string message, string? stack, string? details)
    {
        Status = status;
        Error = new ResultError(Cut(name, ErrorLimits.NameChars)!, Cut(message, ErrorLimits.MessageChars)!, Cut(stack, ErrorLimits.StackChars), Cut(details, ErrorLimits.DetailChars));
        Ended = true;
    }

    private static string? Cut(string? text, int most) => text is null || text.Length <= most ? text : text[..most];

    private static long Micros(long ticks) => ticks * 1_000_000 / Stopwatch.Frequency;
}

/// <summary>How much of an error is sent; the parent keeps less still (Limits.FailureMessageChars, Limits.FailureStackChars).</summary>
internal static class ErrorLimits
{
    public const int NameChars = 200;
    public const int MessageChars = 8 << 10;
    public const int StackChars = 16 << 10;
    public const int DetailChars = 64 << 10;
}

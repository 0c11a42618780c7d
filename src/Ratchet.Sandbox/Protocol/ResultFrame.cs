namespace Ratchet.Sandbox.Protocol;

/// <summary>How a run ended, as the child tells it.</summary>
internal enum ResultStatus : byte
{
    Output = 0,
    /// <summary>The script threw.</summary>
    TaskError = 1,
    InvalidInput = 2,
    InvalidOutput = 3,
    /// <summary>The task cannot run at all.</summary>
    Configuration = 4,
    /// <summary>Interrupted while its code was running.</summary>
    InterruptedRunning = 5,
    /// <summary>Interrupted while it waited for a fetch or a timer.</summary>
    InterruptedWaiting = 6,
    /// <summary>Interrupted while it waited for a promise that nothing was going to settle.</summary>
    InterruptedForgotten = 7,
    /// <summary>A replay has come to where the recorded run was stopped.</summary>
    RecordingEnded = 8,
    /// <summary>Ended for the processor time that it had used.</summary>
    CpuExceeded = 9,
    /// <summary>Interrupted while its code was running, with a heap that was all but full: V8 had spent the time on collections.</summary>
    HeapFull = 10,
}

/// <summary>Class, message, stack and details of what went wrong.</summary>
internal sealed record ResultError(string Name, string Message, string? Stack, string? Details);

/// <summary>How a replay left its recording.</summary>
/// <param name="CallsBefore">HTTP calls that it had made by then.</param>
internal sealed record TraceDivergence(string Text, int CallsBefore);

/// <summary>A parsed Result. Its log is what no <see cref="LogFrame"/> has sent before. <see cref="Output"/> is set when the status is Output, <see cref="Error"/> otherwise.</summary>
internal readonly record struct ResultFrame(
    long Sequence, ResultStatus Status, long ElapsedMicros, long BusyMicros, byte[]? Output, ResultError? Error, IReadOnlyList<LogLine> Log, TraceFrame? Trace, TraceDivergence? Divergence)
{
    public static void Write(FrameWriter to, long sequence, ResultStatus status, long elapsed, long busy, string? output, ResultError? error, ReadOnlySpan<LogLine> log, TraceFrame? trace, TraceDivergence? divergence)
    {
        to.Begin(FrameType.Result);
        to.Int64(sequence);
        to.Byte((byte)status);
        to.Int64(elapsed);
        to.Int64(busy);
        if (status == ResultStatus.Output) to.Text(output);
        else
        {
            to.Text(error!.Name);
            to.Text(error.Message);
            to.OptionalText(error.Stack);
            to.OptionalText(error.Details);
        }
        LogLine.WriteAll(to, log);
        to.Byte(trace is null ? (byte)0 : (byte)1);
        trace?.WriteTo(to);
        to.OptionalText(divergence?.Text);
        to.Int32(divergence?.CallsBefore ?? 0);
        to.End();
    }

    public static ResultFrame Read(ref FrameReader from, int mostLogLines)
    {
        long sequence = from.Int64();
        var status = (ResultStatus)from.Byte();
        if (status > ResultStatus.CpuExceeded) throw new FrameException($"a result's status is not {(int)status}");
        long elapsed = from.Int64(), busy = from.Int64();
        if (elapsed < 0 || busy < 0) throw new FrameException("a duration is not negative");
        byte[]? output = status == ResultStatus.Output ? from.Bytes().ToArray() : null;
        ResultError? error = status == ResultStatus.Output ? null : new ResultError(from.Text(), from.Text(), from.OptionalText(), from.OptionalText());
        LogLine[] log = LogLine.ReadAll(ref from, mostLogLines);
        TraceFrame? trace = from.Flag() ? TraceFrame.ReadFrom(ref from) : null;
        string? divergence = from.OptionalText();
        int callsBefore = from.Int32();
        from.End();
        return new ResultFrame(sequence, status, elapsed, busy, output, error, log, trace, divergence is null ? null : new TraceDivergence(divergence, callsBefore));
    }
}

namespace Ratchet.Sandbox.Protocol;

/// <summary>The task that a process is to run from now on, and its caps.</summary>
internal sealed record LoadFrame
{
    public required string TaskName { get; init; }
    public required string TaskVersion { get; init; }
    public required string MainJs { get; init; }
    public required string InputSchema { get; init; }
    public required string OutputSchema { get; init; }
    /// <summary>A new context for every run instead of one that lives on.</summary>
    public required bool Fresh { get; init; }
    /// <summary>Whether the script may make code of text (<c>eval</c>, <c>new Function</c>).</summary>
    public required bool CodeGeneration { get; init; }
    /// <summary>Whether everything is to be compiled at once, so that Loaded names each problem; otherwise the input schema waits until a run asks for it.</summary>
    public required bool CheckAll { get; init; }
    /// <summary>Old-space limit of the isolate, in MiB; beyond it V8 ends the process.</summary>
    public required int HeapMb { get; init; }
    /// <summary>Limit of all ArrayBuffers together, in MiB.</summary>
    public required int ArrayBufferMb { get; init; }
    /// <summary>Processor time that a run may use, in milliseconds; 0: as much as it likes.</summary>
    public required int CpuMilliseconds { get; init; }
    /// <summary>Runs after which a warm context is replaced.</summary>
    public required int ContextRuns { get; init; }
    public required int OutputBytes { get; init; }
    public required int LogLines { get; init; }
    public required int LogBytes { get; init; }

    public void Write(FrameWriter to)
    {
        to.Begin(FrameType.Load);
        to.Text(TaskName);
        to.Text(TaskVersion);
        to.Text(MainJs);
        to.Text(InputSchema);
        to.Text(OutputSchema);
        to.Byte(Fresh ? (byte)1 : (byte)0);
        to.Byte(CodeGeneration ? (byte)1 : (byte)0);
        to.Byte(CheckAll ? (byte)1 : (byte)0);
        to.Int32(HeapMb);
        to.Int32(ArrayBufferMb);
        to.Int32(CpuMilliseconds);
        to.Int32(ContextRuns);
        to.Int32(OutputBytes);
        to.Int32(LogLines);
        to.Int32(LogBytes);
        to.End();
    }

    public static LoadFrame Read(ref FrameReader from)
    {
        var frame = new LoadFrame
        {
            TaskName = from.Text(),
            TaskVersion = from.Text(),
            MainJs = from.Text(),
            InputSchema = from.Text(),
            OutputSchema = from.Text(),
            Fresh = from.Flag(),
            CodeGeneration = from.Flag(),
            CheckAll = from.Flag(),
            HeapMb = from.Int32(),
            ArrayBufferMb = from.Int32(),
            CpuMilliseconds = from.Int32(),
            ContextRuns = from.Int32(),
            OutputBytes = from.Int32(),
            LogLines = from.Int32(),
            LogBytes = from.Int32(),
        };
        from.End();
        return frame;
    }
}

namespace Ratchet.Sandbox.Protocol;

/// <summary>Whether a run's trace is wanted with its result.</summary>
internal enum TraceWanted : byte
{
    No = 0,
    /// <summary>Only when the run fails.</summary>
    OnFailure = 1,
    Always = 2,
}

/// <summary>All that a run had from its process: sent with a result, and given back to have the run again.</summary>
/// <param name="Seed">What its random numbers come from, <see cref="FrameLimits.SeedBytes"/> long; null when it asked for none.</param>
/// <param name="LoadSeed">The same of its context, while the task was loaded into it.</param>
/// <param name="ContextRun">Number of the run in its context, from 1: the runs before may have left something in the task's variables.</param>
/// <param name="Complete">False when there was more than fits: what follows is not known.</param>
/// <param name="Load">What the task asked for while it was loaded, as <see cref="TraceFormat"/>.</param>
/// <param name="Calls">What the run asked for.</param>
internal sealed record TraceFrame(byte[]? Seed, byte[]? LoadSeed, int ContextRun, bool Complete, byte[] Load, byte[] Calls)
{
    /// <summary>Given back only: the run was stopped from outside after its last call, by its timeout for instance.</summary>
    public bool Stopped { get; init; }

    /// <summary>As one field of another frame.</summary>
    public void WriteTo(FrameWriter to)
    {
        to.Byte(Complete ? (byte)1 : (byte)0);
        to.Byte(Stopped ? (byte)1 : (byte)0);
        to.Int32(ContextRun);
        to.Bytes(Seed);
        to.Bytes(LoadSeed);
        to.Bytes(Load);
        to.Bytes(Calls);
    }

    public static TraceFrame ReadFrom(ref FrameReader from)
    {
        bool complete = from.Flag(), stopped = from.Flag();
        int contextRun = from.Int32();
        return new TraceFrame(SeedOf(from.Bytes()), SeedOf(from.Bytes()), contextRun, complete, Calls(from.Bytes()), Calls(from.Bytes()))
        {
            Stopped = stopped,
            ContextRun = contextRun > 0 ? contextRun : throw new FrameException("runs of a context are counted from 1"),
        };

        static byte[] Calls(ReadOnlySpan<byte> bytes) =>
            bytes.Length <= FrameLimits.TraceBytes ? bytes.ToArray() : throw new FrameException($"a trace of {bytes.Length} bytes is longer than {FrameLimits.TraceBytes}");
    }

    private static byte[]? SeedOf(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => null,
        FrameLimits.SeedBytes => bytes.ToArray(),
        int other => throw new FrameException($"a seed has {FrameLimits.SeedBytes} bytes, not {other}"),
    };
}

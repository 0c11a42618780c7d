namespace Ratchet.Sandbox.Protocol;

/// <summary>One execution for the loaded task.</summary>
internal static class RunFrame
{
    /// <param name="profile">Whether a profile of its processor time is wanted.</param>
    /// <param name="replay">What the run is to be given again; null for one of its own.</param>
    public static void Write(
        FrameWriter to, long sequence, Guid execution, Guid? job, int attempt, bool validateInput, bool announce, bool profile, TraceWanted trace, TraceFrame? replay, ReadOnlySpan<byte> input)
    {
        to.Begin(FrameType.Run);
        to.Int64(sequence);
        to.Guid(execution);
        to.Guid(job ?? default);
        to.Int32(attempt);
        to.Byte(validateInput ? (byte)1 : (byte)0);
        to.Byte(announce ? (byte)1 : (byte)0);
        to.Byte(profile ? (byte)1 : (byte)0);
        to.Byte((byte)trace);
        to.Byte(replay is null ? (byte)0 : (byte)1);
        replay?.WriteTo(to);
        to.Bytes(input);
        to.End();
    }
}

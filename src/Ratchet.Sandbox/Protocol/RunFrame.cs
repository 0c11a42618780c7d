namespace Ratchet.Sandbox.Protocol;

/// <summary>One execution for the loaded task.</summary>
internal static class RunFrame
{
    public static void Write(FrameWriter to, long sequence, Guid execution, Guid? job, int attempt, bool validateInput, bool announce, ReadOnlySpan<byte> input)
    {
        to.Begin(FrameType.Run);
        to.Int64(sequence);
        to.Guid(execution);
        to.Guid(job ?? default);
        to.Int32(attempt);
        to.Byte(validateInput ? (byte)1 : (byte)0);
        to.Byte(announce ? (byte)1 : (byte)0);
        to.Bytes(input);
        to.End();
    }
}

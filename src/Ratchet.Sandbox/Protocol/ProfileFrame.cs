namespace Ratchet.Sandbox.Protocol;

/// <summary>A part of a run's profile: the parts one after another are the file.</summary>
internal sealed record ProfileFrame(long Sequence, byte[] Part)
{
    public static void Write(FrameWriter to, long sequence, ReadOnlySpan<byte> part)
    {
        to.Begin(FrameType.Profile);
        to.Int64(sequence);
        to.Bytes(part);
        to.End();
    }

    public static ProfileFrame Read(ref FrameReader from)
    {
        var frame = new ProfileFrame(from.Int64(), from.Bytes().ToArray());
        if (frame.Part.Length > FrameLimits.ProfilePartBytes) throw new FrameException("a part of a profile is too large");
        from.End();
        return frame;
    }
}
